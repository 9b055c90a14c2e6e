package dev.weir.contracts.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.Samples;
import dev.weir.contracts.event.Prediction;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/**
 * Records in topics outlive the code that wrote them. The bytes and fingerprints here were computed
 * by an independent program from the Avro specification (binary encoding, single-object encoding,
 * CRC-64-AVRO over the parsing canonical form). Whoever changes a schema must keep reading these
 * bytes, and adds the new ones beside them.
 */
class AvroCompatibilityTest {
  private static final String ROW =
      "c301000ba249f6847ab410666c696768742d31165ac3bc7269636820e29c888098b889ef5008616231320600"
          + "00803f0000c07f000000bf00040a636c617373106c6f772d636f73740873697a650a67726fc39f000c5354"
          + "5245414d";
  private static final String EXAMPLE =
      "c30138b6178cea0ff7d7046531165ac3bc7269636820e29c888098b889ef500861623132060000803f0000c0"
          + "7f000000bf00040a636c617373106c6f772d636f73740873697a650a67726fc39f000c53545245414d0000"
          + "00000000f03f808ca790ef5002";
  private static final String PREDICTION_1 =
      "c301f1acf04fe262d9990465318098b889ef50060c534841444f57000000000000d03f0852455354";
  private static final String PREDICTION =
      "c301513ed635f86eae550465318098b889ef50060c534841444f57000000000000d03f0852455354" + "0201";

  @Test
  void rowOfVersionOneIsRead() {
    assertThat(decode(AvroSerde.rows(), ROW)).isEqualTo(Samples.row("flight-1"));
  }

  @Test
  void exampleOfVersionOneIsRead() {
    assertThat(decode(AvroSerde.examples(), EXAMPLE)).isEqualTo(Samples.example("e1"));
  }

  @Test
  void predictionOfVersionOneIsReadAndDoesNotSayWhatWasDecided() {
    Prediction now = Samples.prediction();

    assertThat(decode(AvroSerde.predictions(), PREDICTION_1))
        .isEqualTo(
            new Prediction(
                now.eventId(),
                now.eventTime(),
                now.version(),
                now.role(),
                now.probability(),
                now.origin(),
                null));
  }

  @Test
  void predictionOfVersionTwoIsRead() {
    assertThat(decode(AvroSerde.predictions(), PREDICTION)).isEqualTo(Samples.prediction());
  }

  @Test
  void recordsAreWrittenAsTheSpecificationSays() {
    assertThat(encode(AvroSerde.rows(), Samples.row("flight-1"))).isEqualTo(ROW);
    assertThat(encode(AvroSerde.examples(), Samples.example("e1"))).isEqualTo(EXAMPLE);
    assertThat(encode(AvroSerde.predictions(), Samples.prediction())).isEqualTo(PREDICTION);
  }

  @Test
  void schemasHaveTheirPinnedFingerprints() {
    assertThat(fingerprint(AvroSchemas.ROW)).isEqualTo("b47a84f649a20b00");
    assertThat(fingerprint(AvroSchemas.EXAMPLE)).isEqualTo("d7f70fea8c17b638");
    assertThat(fingerprint(AvroSchemas.PREDICTION)).isEqualTo("55ae6ef835d63e51");
    assertThat(fingerprint(AvroSchemas.PREDICTION_1)).isEqualTo("99d962e24ff0acf1");
  }

  private static String fingerprint(Schema schema) {
    return HexFormat.of().toHexDigits(SchemaNormalization.parsingFingerprint64(schema));
  }

  private static <T> String encode(Serde<T> serde, T value) {
    return HexFormat.of().formatHex(serde.serializer().serialize("t", value));
  }

  private static <T> T decode(Serde<T> serde, String hex) {
    return serde.deserializer().deserialize("t", HexFormat.of().parseHex(hex));
  }
}
