package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecException;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.decode.FakeSchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' formats from record to example. */
class FormatsTest {
  private static final String ORDER = order("\"int\"", "");
  private static final String WIDER =
      order("\"double\"", ", {\"name\": \"note\", \"type\": [\"null\", \"string\"]}");
  private static final String OTHER = order("\"string\"", "");

  @TempDir Path directory;
  private FakeSchemaRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = new FakeSchemaRegistry();
    registry.put(1, "AVRO", ORDER);
    registry.put(2, "AVRO", WIDER);
    registry.put(3, "AVRO", OTHER);
    registry.put(4, "PROTOBUF", "syntax = \"proto3\"; message A { int32 x = 1; }");
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void schemasThatFollowByTheRuleAreReadAndOthersAreRefusedWithTheDifference() throws IOException {
    try (PipelineDriver pipeline = PipelineDriver.of(directory, registered())) {
      send(pipeline, 1, avro(ORDER, "a", 3));
      send(pipeline, 2, avro(WIDER, "b", 2.5));
      send(pipeline, 3, avro(OTHER, "c", "much"));
      send(pipeline, 3, avro(OTHER, "d", "much"));
      send(pipeline, 4, new byte[0]);
      send(pipeline, 9, avro(ORDER, "e", 3));

      assertThat(pipeline.rows()).extracting(Row::eventId).containsExactly("a", "b");
      List<TestRecord<byte[], byte[]>> letters = pipeline.read(Topics.DEAD_LETTERS);
      assertThat(letters)
          .extracting(letter -> header(letter, "weir.reason"))
          .containsExactly(
              "SCHEMA_INCOMPATIBLE",
              "SCHEMA_INCOMPATIBLE",
              "SCHEMA_INCOMPATIBLE",
              "SCHEMA_UNKNOWN");
      assertThat(header(letters.get(0), "weir.message"))
          .isEqualTo("schema 3 does not follow the spec's: field 'amount' was int and is string");
      assertThat(header(letters.get(2), "weir.message"))
          .contains("is PROTOBUF, the spec says AVRO");
    }
    // Once each: the declared one is also the first record's; what is unknown may come to be known.
    assertThat(registry.requests()).isEqualTo(6);
  }

  @Test
  void aRegistryThatIsAwayHoldsRecordsBackAndLosesNone() throws IOException {
    registry.fail(3);
    try (PipelineDriver pipeline = PipelineDriver.of(directory, registered())) {
      send(pipeline, 1, avro(ORDER, "a", 3));
      send(pipeline, 1, avro(ORDER, "b", 4));

      assertThat(pipeline.rows()).extracting(Row::eventId).containsExactly("a", "b");
      assertThat(pipeline.read(Topics.DEAD_LETTERS)).isEmpty();
      assertThat(pipeline.counts()).containsEntry("registryRetries", 3L);
    }
  }

  @Test
  void changesOfADatabaseAndAnExpressionGiveAnExample() throws IOException {
    ModelSpec spec =
        spec(
            "id: id, time: at, entity: shop, envelope: debezium",
            "id: id, time: ce_time, expression: 'record.delay >= 15', envelope: cloudevents");
    try (PipelineDriver pipeline = PipelineDriver.of(directory, spec)) {
      String row = "{\"id\": \"a\", \"at\": 1767225600000, \"shop\": \"s\", \"amount\": 1}";
      feature(pipeline, "{\"op\": \"c\", \"after\": " + row + "}");
      feature(pipeline, "{\"op\": \"d\", \"before\": " + row + ", \"after\": null}");
      label(pipeline, "{\"id\": \"a\", \"delay\": 20}");
      label(pipeline, "{\"id\": \"a\"}");

      assertThat(pipeline.examples()).extracting(Example::label).containsExactly(1.0);
      TestRecord<byte[], byte[]> letter = pipeline.read(Topics.DEAD_LETTERS).get(0);
      assertThat(header(letter, "weir.reason")).isEqualTo("EXPRESSION_FAILED");
      assertThat(header(letter, "weir.exception")).contains("CelEvaluationException");
      assertThat(pipeline.counts()).containsEntry("deletedAtSource", 1L);
    }
  }

  @Test
  void anExpressionThatDoesNotCompileNamesItsLine() {
    ModelSpec spec =
        spec("id: id, time: at, entity: shop", "id: id, time: at, expression: 'delay > 1'");
    assertThatThrownBy(() -> PipelineDriver.of(directory, spec))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("weir.yaml:5: /events/labels/expression 'delay > 1' is no CEL");
  }

  @Test
  void aSchemaThatIsNoneNamesItsLine() {
    ModelSpec spec =
        spec(
            "id: id, time: at, entity: shop, format: avro, schema: '{'",
            "id: id, time: at, value: late");
    assertThatThrownBy(() -> PipelineDriver.of(directory, spec))
        .isInstanceOf(SpecException.class)
        .hasMessageStartingWith("weir.yaml:4: /events/features/schema this is no Avro schema");
  }

  private ModelSpec registered() {
    return spec(
        "id: id, time: at, entity: id, format: avro, schemaId: 1, registry: '"
            + registry.address()
            + "'",
        "id: id, time: at, value: late");
  }

  private static ModelSpec spec(String features, String labels) {
    String text =
        PipelineDriver.spec("user")
            .text()
            .replace("id: id, time: at, entity: shop", features)
            .replace("id: id, time: at, value: late", labels);
    return SpecReader.parse("small.yaml", text);
  }

  private static void feature(PipelineDriver pipeline, String value) {
    pipeline.send("user.features", null, PipelineDriver.bytes(value));
  }

  private static void label(PipelineDriver pipeline, String value) {
    TestRecord<byte[], byte[]> record =
        new TestRecord<>(null, PipelineDriver.bytes(value), PipelineDriver.at(1));
    String[] attributes = {"specversion", "1.0", "id", "1", "source", "/s", "type", "t"};
    for (int i = 0; i < attributes.length; i += 2) {
      record.headers().add("ce_" + attributes[i], PipelineDriver.bytes(attributes[i + 1]));
    }
    record.headers().add("ce_time", PipelineDriver.bytes("2026-01-01T01:00:00+00:30"));
    pipeline.send("user.labels", record);
  }

  private static void send(PipelineDriver pipeline, int id, byte[] body) {
    byte[] value = ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
    pipeline.send("user.features", null, value);
  }

  private static byte[] avro(String schema, String id, Object amount) throws IOException {
    GenericData.Record order = new GenericData.Record(new Schema.Parser().parse(schema));
    order.put("id", id);
    order.put("at", PipelineDriver.START.toEpochMilli());
    order.put("amount", amount);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(order.getSchema()).write(order, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static String order(String amount, String more) {
    return new String(
        Json.write(
            Json.read(
                "{\"type\": \"record\", \"name\": \"Order\", \"fields\": ["
                    + "{\"name\": \"id\", \"type\": \"string\"},"
                    + "{\"name\": \"at\", \"type\": \"long\"},"
                    + "{\"name\": \"amount\", \"type\": "
                    + amount
                    + "}"
                    + more
                    + "]}",
                JsonNode.class)),
        StandardCharsets.UTF_8);
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
