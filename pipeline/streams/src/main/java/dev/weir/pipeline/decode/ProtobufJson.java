package dev.weir.pipeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;

/**
 * A Protobuf message as JSON by the file's field names. Unlike Protobuf's own JSON, 64-bit numbers
 * are numbers, a field without presence is there although it is zero, and a {@code
 * google.protobuf.Timestamp} is epoch milliseconds, as an event's time is read.
 */
final class ProtobufJson {
  private static final String WELL_KNOWN = "google.protobuf.";

  private ProtobufJson() {}

  static ObjectNode object(Message message) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isMapField()) {
        object.set(field.getName(), map(field, (List<?>) message.getField(field)));
      } else if (field.isRepeated()) {
        object.set(field.getName(), array(field, (List<?>) message.getField(field)));
      } else if (!field.hasPresence() || message.hasField(field)) {
        object.set(field.getName(), value(field, message.getField(field)));
      }
    }
    return object;
  }

  private static ArrayNode array(FieldDescriptor field, List<?> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(value(field, item)));
    return array;
  }

  private static ObjectNode map(FieldDescriptor field, List<?> entries) {
    FieldDescriptor key = field.getMessageType().findFieldByNumber(1);
    FieldDescriptor value = field.getMessageType().findFieldByNumber(2);
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    for (Object entry : entries) {
      Message pair = (Message) entry;
      map.set(String.valueOf(pair.getField(key)), value(value, pair.getField(value)));
    }
    return map;
  }

  private static JsonNode value(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case INT -> integer(field, (Integer) value);
      case LONG -> longInteger(field, (Long) value);
      case FLOAT -> FloatNode.valueOf((Float) value);
      case DOUBLE -> DoubleNode.valueOf((Double) value);
      case BOOLEAN -> BooleanNode.valueOf((Boolean) value);
      case STRING -> TextNode.valueOf((String) value);
      case BYTE_STRING ->
          TextNode.valueOf(Base64.getEncoder().encodeToString(((ByteString) value).toByteArray()));
      case ENUM -> TextNode.valueOf(((EnumValueDescriptor) value).getName());
      case MESSAGE -> message((Message) value);
    };
  }

  private static JsonNode integer(FieldDescriptor field, int number) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> LongNode.valueOf(Integer.toUnsignedLong(number));
      default -> IntNode.valueOf(number);
    };
  }

  private static JsonNode longInteger(FieldDescriptor field, long number) {
    return switch (field.getType()) {
      case UINT64, FIXED64 ->
          number >= 0
              ? LongNode.valueOf(number)
              : BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(number)));
      default -> LongNode.valueOf(number);
    };
  }

  private static JsonNode message(Message message) {
    String type = message.getDescriptorForType().getFullName();
    if (type.equals(WELL_KNOWN + "Timestamp")) {
      return LongNode.valueOf(number(message, 1) * 1_000 + number(message, 2) / 1_000_000);
    }
    // DoubleValue, Int64Value and their like: a value that may be absent.
    if (type.startsWith(WELL_KNOWN) && type.endsWith("Value") && !type.endsWith(".Value")) {
      FieldDescriptor value = message.getDescriptorForType().findFieldByNumber(1);
      return value.isRepeated() ? object(message) : value(value, message.getField(value));
    }
    return object(message);
  }

  private static long number(Message message, int field) {
    Object value = message.getField(message.getDescriptorForType().findFieldByNumber(field));
    return ((Number) value).longValue();
  }
}
