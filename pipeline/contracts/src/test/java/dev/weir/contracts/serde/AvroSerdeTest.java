package dev.weir.contracts.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.Samples;
import dev.weir.contracts.event.Arrival;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  @Test
  void rowComesBackWithNanUnicodeAndGroups() {
    Row row = Samples.row("flight-1");

    assertThat(roundTrip(AvroSerde.rows(), row)).isEqualTo(row);
  }

  @Test
  void rowWithoutFeaturesOrGroupsComesBack() {
    Row row = new Row("", "", Samples.TIME, "", FeatureVector.of(), Map.of(), Origin.REST);

    assertThat(roundTrip(AvroSerde.rows(), row)).isEqualTo(row);
  }

  @Test
  void extremeFeaturesComeBackBitForBit() {
    float[] values = {Float.MAX_VALUE, Float.MIN_VALUE, -0f, Float.NEGATIVE_INFINITY, Float.NaN};
    Row row =
        new Row("e", "x", Samples.TIME, "d", FeatureVector.of(values), Map.of(), Origin.STREAM);

    assertThat(roundTrip(AvroSerde.rows(), row).features().toArray()).containsExactly(values);
  }

  @Test
  void arrivalsOfBothKindsComeBack() {
    Arrival event =
        new Arrival.OfEvent(Samples.row("e1"), Map.of("shop", "Zürich"), Map.of("amount", -1.5));
    Arrival label = new Arrival.OfLabel(new Label("e1", 1, Samples.TIME), Map.of());

    assertThat(roundTrip(AvroSerde.arrivals(), event)).isEqualTo(event);
    assertThat(roundTrip(AvroSerde.arrivals(), label)).isEqualTo(label);
  }

  @Test
  void exampleComesBack() {
    Example example = new Example(Samples.row("e1"), 0.0, Samples.TIME.plusMillis(1), 7);

    assertThat(roundTrip(AvroSerde.examples(), example)).isEqualTo(example);
  }

  @Test
  void predictionComesBack() {
    Prediction prediction = Samples.prediction();

    assertThat(roundTrip(AvroSerde.predictions(), prediction)).isEqualTo(prediction);
  }

  @Test
  void equalRowsHaveEqualBytes() {
    assertThat(AvroSerde.rows().serializer().serialize("t", Samples.row("e1")))
        .isEqualTo(AvroSerde.rows().serializer().serialize("t", Samples.row("e1")));
  }

  @Test
  void bytesAreThoseOfTheGenericWriter() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 0; n < 500; n++) {
      Row row = anyRow(random);
      Example example = new Example(row, random.nextDouble(), Samples.TIME.plusMillis(n), n + 1);

      assertThat(AvroSerde.rows().serializer().serialize("t", row))
          .isEqualTo(AvroSerde.rows().encodeGeneric(row));
      assertThat(AvroSerde.examples().serializer().serialize("t", example))
          .isEqualTo(AvroSerde.examples().encodeGeneric(example));
      assertThat(roundTrip(AvroSerde.examples(), example)).isEqualTo(example);
    }
  }

  private static Row anyRow(SplittableRandom random) {
    float[] values = new float[random.nextInt(200)];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    Map<String, String> groups = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      groups.put("g" + i, "ü".repeat(random.nextInt(100)));
    }
    return new Row(
        "✈".repeat(random.nextInt(50)),
        "e" + random.nextLong(),
        Instant.ofEpochMilli(random.nextLong(1L << 45)),
        "d".repeat(64),
        FeatureVector.of(values),
        groups,
        Origin.values()[random.nextInt(Origin.values().length)]);
  }

  @Test
  void tombstoneStaysTombstone() {
    assertThat(AvroSerde.rows().serializer().serialize("t", null)).isNull();
    assertThat(AvroSerde.rows().deserializer().deserialize("t", null)).isNull();
  }

  @Test
  void foreignBytesAreRefusedWithTheTopic() {
    assertThatThrownBy(
            () -> AvroSerde.rows().deserializer().deserialize("weir.x.rows", new byte[] {1, 2, 3}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("weir.x.rows");
  }

  @Test
  void truncatedRecordIsRefused() {
    byte[] bytes = AvroSerde.rows().serializer().serialize("t", Samples.row("e1"));

    for (int length = 0; length < bytes.length; length++) {
      byte[] part = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> AvroSerde.rows().deserializer().deserialize("t", part))
          .as("first %d bytes", length)
          .isInstanceOf(SerializationException.class);
    }
  }

  @Test
  void predictionIsNoRow() {
    byte[] prediction = AvroSerde.predictions().serializer().serialize("t", Samples.prediction());

    assertThatThrownBy(() -> AvroSerde.rows().deserializer().deserialize("t", prediction))
        .isInstanceOf(SerializationException.class);
  }

  private static <T> T roundTrip(Serde<T> serde, T value) {
    return serde.deserializer().deserialize("t", serde.serializer().serialize("t", value));
  }
}
