package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.TOO_DEEP;
import static dev.weir.contracts.feature.EventException.Reason.TOO_LARGE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.contracts.feature.EventException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a value along its schema. Avro's own reader allocates what a length in the value
 * claims: six bytes end a JVM with two gigabytes of heap, and a chain of records ends its stack.
 * Here a length is at most what is left of the value, and depth and items are bounded.
 */
final class AvroWalk {
  private static final int MOST_ITEMS = 1 << 20;
  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final BinaryDecoder in;
  private int items;

  AvroWalk(BinaryDecoder in) {
    this.in = in;
  }

  /** Returns a record at {@code depth}, 1 at the top. */
  ObjectNode record(Schema schema, int depth) throws IOException {
    requireShallow(depth);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Schema.Field field : schema.getFields()) {
      object.set(field.name(), value(field.schema(), depth));
    }
    return object;
  }

  private JsonNode value(Schema schema, int depth) throws IOException {
    return switch (schema.getType()) {
      case RECORD -> record(schema, depth + 1);
      case UNION -> value(branch(schema), depth);
      case ARRAY -> array(schema, depth + 1);
      case MAP -> map(schema, depth + 1);
      case NULL -> NullNode.getInstance();
      case BOOLEAN -> BooleanNode.valueOf(in.readBoolean());
      case FLOAT -> FloatNode.valueOf(in.readFloat());
      case DOUBLE -> DoubleNode.valueOf(in.readDouble());
      case INT -> integer(in.readInt(), schema.getLogicalType());
      case LONG -> integer(in.readLong(), schema.getLogicalType());
      case ENUM -> symbol(schema);
      case STRING -> TextNode.valueOf(new String(bytes(), StandardCharsets.UTF_8));
      case BYTES -> binary(bytes(), schema.getLogicalType());
      case FIXED -> binary(bytes(schema.getFixedSize()), schema.getLogicalType());
    };
  }

  private Schema branch(Schema union) throws IOException {
    int index = in.readIndex();
    if (index < 0 || index >= union.getTypes().size()) {
      throw new IOException("a union has no branch " + index);
    }
    return union.getTypes().get(index);
  }

  private JsonNode symbol(Schema schema) throws IOException {
    int index = in.readEnum();
    if (index < 0 || index >= schema.getEnumSymbols().size()) {
      throw new IOException("enum " + schema.getName() + " has no symbol " + index);
    }
    return TextNode.valueOf(schema.getEnumSymbols().get(index));
  }

  private ArrayNode array(Schema schema, int depth) throws IOException {
    requireShallow(depth);
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (long block = in.readArrayStart(); block > 0; block = in.arrayNext()) {
      for (long i = 0; i < block; i++) {
        countItem();
        array.add(value(schema.getElementType(), depth));
      }
    }
    return array;
  }

  private ObjectNode map(Schema schema, int depth) throws IOException {
    requireShallow(depth);
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (long block = in.readMapStart(); block > 0; block = in.mapNext()) {
      for (long i = 0; i < block; i++) {
        countItem();
        String key = new String(bytes(), StandardCharsets.UTF_8);
        map.set(key, value(schema.getValueType(), depth));
      }
    }
    return map;
  }

  private static void requireShallow(int depth) {
    if (depth > ValueDecoder.MAX_DEPTH) {
      throw new EventException(TOO_DEEP, ValueDecoder.TOO_DEEP_MESSAGE);
    }
  }

  /** Items of type null take no byte at all. */
  private void countItem() {
    if (++items > MOST_ITEMS) {
      throw new EventException(TOO_LARGE, "lists and maps have more than " + MOST_ITEMS + " items");
    }
  }

  private byte[] bytes() throws IOException {
    return bytes(in.readLong());
  }

  private byte[] bytes(long length) throws IOException {
    if (length < 0 || length > in.inputStream().available()) {
      throw new IOException("a length of " + length + " lies behind the value's end");
    }
    byte[] bytes = new byte[(int) length];
    in.readFixed(bytes);
    return bytes;
  }

  /** Times become epoch milliseconds, as an event's time is read. */
  private static JsonNode integer(long number, @Nullable LogicalType type) {
    String name = type == null ? "" : type.getName();
    return switch (name) {
      case "date" -> LongNode.valueOf(number * MILLIS_PER_DAY);
      case "timestamp-micros", "local-timestamp-micros" ->
          LongNode.valueOf(Math.floorDiv(number, 1_000));
      case "timestamp-nanos", "local-timestamp-nanos" ->
          LongNode.valueOf(Math.floorDiv(number, 1_000_000));
      default -> number == (int) number ? IntNode.valueOf((int) number) : LongNode.valueOf(number);
    };
  }

  private static JsonNode binary(byte[] bytes, @Nullable LogicalType type) {
    if (type instanceof LogicalTypes.Decimal decimal) {
      BigInteger unscaled = bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
      return DecimalNode.valueOf(new BigDecimal(unscaled, decimal.getScale()));
    }
    return TextNode.valueOf(Base64.getEncoder().encodeToString(bytes));
  }
}
