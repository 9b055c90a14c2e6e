package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_ENVELOPE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weir.contracts.feature.EventException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 in either mode of their Kafka binding. The event's data is the object; each
 * attribute is added to it as {@code ce_<name>}, in place of a field of that name.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     Protocol Binding for CloudEvents 1.0.2, section 3</a>
 */
final class CloudEvents implements RecordDecoder {
  private static final String PREFIX = "ce_";
  private static final String STRUCTURED = "application/cloudevents";
  private static final String[] REQUIRED = {"specversion", "id", "source", "type"};

  private final ValueDecoder data;
  private final JsonValues events = new JsonValues();

  CloudEvents(ValueDecoder data) {
    this.data = data;
  }

  @Override
  public Optional<ObjectNode> decode(Record<byte[], byte[]> record) {
    byte[] value = PlainRecords.value(record);
    String contentType = contentType(record);
    ObjectNode object =
        contentType.startsWith(STRUCTURED) ? structured(value, contentType) : binary(value, record);
    for (String name : REQUIRED) {
      if (object.path(PREFIX + name).asText().isEmpty()) {
        throw malformed("its attribute '" + name + "' is missing");
      }
    }
    return Optional.of(object);
  }

  private ObjectNode binary(byte[] value, Record<byte[], byte[]> record) {
    if (record.headers().lastHeader(PREFIX + "specversion") == null) {
      throw malformed(
          "it has neither a header ce_specversion nor content-type application/cloudevents+json");
    }
    ObjectNode object = data.decode(value);
    for (Header header : record.headers()) {
      if (header.key().startsWith(PREFIX)) {
        object.set(header.key(), TextNode.valueOf(text(header)));
      }
    }
    return object;
  }

  private ObjectNode structured(byte[] value, String contentType) {
    if (!contentType.equals(STRUCTURED + "+json")) {
      throw malformed("of structured mode only JSON is read, not " + contentType);
    }
    ObjectNode event = events.decode(value);
    ObjectNode object = data(event);
    event
        .properties()
        .forEach(
            attribute -> {
              if (isAttribute(attribute.getKey())) {
                object.set(PREFIX + attribute.getKey(), attribute.getValue());
              }
            });
    return object;
  }

  private static boolean isAttribute(String name) {
    return !name.equals("data") && !name.equals("data_base64");
  }

  private ObjectNode data(ObjectNode event) {
    JsonNode base64 = event.path("data_base64");
    if (base64.isTextual()) {
      return data.decode(bytes(base64));
    }
    if (data instanceof JsonValues && event.path("data") instanceof ObjectNode object) {
      return object;
    }
    throw malformed(
        data instanceof JsonValues
            ? "its data is no JSON object"
            : "it has no data_base64, where Avro and Protobuf stand in structured mode");
  }

  private static byte[] bytes(JsonNode base64) {
    try {
      return base64.binaryValue();
    } catch (IOException e) {
      throw new EventException(MALFORMED_ENVELOPE, "its data_base64 is no base64", e);
    }
  }

  private static String contentType(Record<byte[], byte[]> record) {
    String type = text(record.headers().lastHeader("content-type"));
    return type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable Header header) {
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static EventException malformed(String what) {
    return new EventException(MALFORMED_ENVELOPE, "this is no CloudEvent: " + what);
  }
}
