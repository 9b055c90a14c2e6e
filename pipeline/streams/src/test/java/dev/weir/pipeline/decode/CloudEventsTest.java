package dev.weir.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.EventException.Reason;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.OffsetDateTime;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events as the CloudEvents SDK writes them. */
class CloudEventsTest {
  private static final String AVRO =
      "{\"type\": \"record\", \"name\": \"Order\", \"fields\": ["
          + "{\"name\": \"amount\", \"type\": \"int\"}]}";

  private final CloudEvents json = new CloudEvents(new JsonValues());
  private final CloudEvents avro = new CloudEvents(AvroReader.of(AVRO));

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bothModesGiveTheDataAndTheAttributes(boolean isStructured) {
    CloudEvent event = event("application/json", Records.bytes("{\"amount\": 3}"));

    ObjectNode read = json.decode(written(event, isStructured)).orElseThrow();

    assertThat(read.path("amount").asInt()).isEqualTo(3);
    assertThat(read.path("ce_id").asText()).isEqualTo("e-1");
    assertThat(read.path("ce_source").asText()).isEqualTo("/shop");
    assertThat(read.path("ce_type").asText()).isEqualTo("order");
    assertThat(read.path("ce_time").asText()).startsWith("2026-01-01T00:00");
    assertThat(read.path("ce_datashard").asText()).isEqualTo("7");
    assertThat(read.has("ce_data")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void bothModesCarryOtherFormatsThanJson(boolean isStructured) {
    CloudEvent event = event("application/avro", new byte[] {6});

    ObjectNode read = avro.decode(written(event, isStructured)).orElseThrow();

    assertThat(read.path("amount").asInt()).isEqualTo(3);
    assertThat(read.path("ce_id").asText()).isEqualTo("e-1");
  }

  @Test
  void anAttributeStandsAboveAFieldOfItsName() {
    CloudEvent event = event("application/json", Records.bytes("{\"ce_id\": \"forged\"}"));
    assertThat(json.decode(written(event, false)).orElseThrow().path("ce_id").asText())
        .isEqualTo("e-1");
  }

  @Test
  void aRecordInNeitherModeIsRefused() {
    assertRefused(Records.of("{\"amount\": 3}"), "neither a header ce_specversion");
  }

  @Test
  void structuredModeInAnotherFormatIsRefused() {
    Headers headers =
        new RecordHeaders()
            .add("content-type", Records.bytes("application/cloudevents-batch+json"));
    assertRefused(Records.of(Records.bytes("[]"), headers), "only JSON is read");
  }

  @Test
  void anEventWithoutARequiredAttributeIsRefused() {
    Headers headers = new RecordHeaders().add("ce_specversion", Records.bytes("1.0"));
    assertRefused(Records.of(Records.bytes("{}"), headers), "attribute 'id' is missing");
  }

  @Test
  void dataThatIsNoObjectIsRefused() {
    assertRefused(
        written(event("application/json", Records.bytes("[3]")), true), "data is no JSON object");
  }

  private void assertRefused(Record<byte[], byte[]> record, String message) {
    assertThatThrownBy(() -> json.decode(record))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED_ENVELOPE))
        .hasMessageContaining(message);
  }

  private static CloudEvent event(String type, byte[] data) {
    return CloudEventBuilder.v1()
        .withId("e-1")
        .withSource(URI.create("/shop"))
        .withType("order")
        .withTime(OffsetDateTime.parse("2026-01-01T00:00:00Z"))
        .withExtension("datashard", "7")
        .withData(type, data)
        .build();
  }

  private static Record<byte[], byte[]> written(CloudEvent event, boolean isStructured) {
    var writer = KafkaMessageFactory.createWriter("topic", 0, 0L, "key");
    ProducerRecord<String, byte[]> record =
        isStructured ? writer.writeStructured(event, new JsonFormat()) : writer.writeBinary(event);
    return Records.of(record.value(), record.headers());
  }
}
