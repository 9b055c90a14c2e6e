package dev.weir.pipeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.serde.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroReaderTest {
  private static final String FIELDS =
      """
      {"type": "record", "name": "Order", "namespace": "shop", "fields": [
        {"name": "id", "type": "string"},
        {"name": "int", "type": "int"},
        {"name": "long", "type": "long"},
        {"name": "float", "type": "float"},
        {"name": "double", "type": "double"},
        {"name": "flag", "type": "boolean"},
        {"name": "maybe", "type": ["null", "double"], "default": null},
        {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}},
        {"name": "raw", "type": "bytes"},
        {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 2}},
        {"name": "price", "type": {"type": "bytes", "logicalType": "decimal",
                                   "precision": 6, "scale": 2}},
        {"name": "millis", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "tags", "type": {"type": "array", "items": "string"}},
        {"name": "sizes", "type": {"type": "map", "values": "int"}},
        {"name": "buyer", "type": {"type": "record", "name": "Buyer", "fields": [
          {"name": "age", "type": "int"}]}}]}
      """;
  private static final Schema SCHEMA = new Schema.Parser().parse(FIELDS);

  @Test
  void everyTypeBecomesJson() throws IOException {
    ObjectNode read = AvroReader.of(FIELDS).decode(written(order()));

    JsonNode expected =
        Json.read(
            """
            {"id": "a", "int": 1, "long": 5000000000, "float": 0.5, "double": 0.1, "flag": true,
             "maybe": null, "kind": "B", "raw": "AQI=", "hash": "AwQ=", "price": 12.34,
             "millis": 1500, "micros": 1500, "day": 172800000, "tags": ["x", "y"],
             "sizes": {"s": 3}, "buyer": {"age": 40}}
            """,
            JsonNode.class);
    assertThat(Json.read(Json.write(read), JsonNode.class)).isEqualTo(expected);
  }

  @Test
  void aValueThatIsCutOrLongerIsMalformed() throws IOException {
    byte[] whole = written(order());
    AvroReader reader = AvroReader.of(FIELDS);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertReason(reader, cut, "MALFORMED_VALUE");
    }
    assertReason(reader, Arrays.copyOf(whole, whole.length + 1), "MALFORMED_VALUE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"bytes\"",
        "\"string\"",
        "{\"type\": \"array\", \"items\": \"int\"}",
        "{\"type\": \"map\", \"values\": \"int\"}"
      })
  void aLengthBehindTheEndTakesNoMemory(String type) {
    // 2^30 − 1 in six bytes: Avro's own reader allocates that much.
    byte[] value = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0};
    assertReason(oneField(type), value, "MALFORMED_VALUE");
  }

  @Test
  void itemsWithoutBytesAreCounted() {
    byte[] value = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0};
    assertReason(oneField("{\"type\": \"array\", \"items\": \"null\"}"), value, "TOO_LARGE");
  }

  @Test
  void aChainOfRecordsEndsAtThirtyTwo() {
    AvroReader chain = oneField("[\"null\", \"R\"]");
    assertThat(chain.decode(chain(31))).isNotEmpty();
    assertReason(chain, chain(32), "TOO_DEEP");
    assertReason(chain, chain(1_000_000), "TOO_DEEP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "\"int\"", "{\"type\": \"record\", \"name\": \"R\"}"})
  void whatIsNoSchemaOfARecordIsRefused(String text) {
    assertThatThrownBy(() -> AvroReader.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Avro schema");
  }

  private static byte[] chain(int links) {
    byte[] value = new byte[links + 1];
    Arrays.fill(value, 0, links, (byte) 2);
    return value;
  }

  private static AvroReader oneField(String type) {
    return AvroReader.of(
        "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"x\", \"type\": "
            + type
            + "}]}");
  }

  private static void assertReason(AvroReader reader, byte[] value, String reason) {
    assertThatThrownBy(() -> reader.decode(value))
        .isInstanceOfSatisfying(
            EventException.class, e -> assertThat(e.reason()).hasToString(reason));
  }

  private static GenericData.Record order() {
    GenericData.Record order = new GenericData.Record(SCHEMA);
    order.put("id", "a");
    order.put("int", 1);
    order.put("long", 5_000_000_000L);
    order.put("float", 0.5f);
    order.put("double", 0.1);
    order.put("flag", true);
    order.put("kind", new GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), "B"));
    order.put("raw", ByteBuffer.wrap(new byte[] {1, 2}));
    order.put("hash", new GenericData.Fixed(SCHEMA.getField("hash").schema(), new byte[] {3, 4}));
    order.put("price", ByteBuffer.wrap(new byte[] {4, (byte) 0xd2}));
    order.put("millis", 1500L);
    order.put("micros", 1_500_999L);
    order.put("day", 2);
    order.put("tags", List.of("x", "y"));
    order.put("sizes", Map.of("s", 3));
    GenericData.Record buyer = new GenericData.Record(SCHEMA.getField("buyer").schema());
    buyer.put("age", 40);
    order.put("buyer", buyer);
    return order;
  }

  private static byte[] written(GenericData.Record record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericData.Record>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
