package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_ENVELOPE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Change events of Debezium, with or without the JSON converter's {@code schema} beside them. The
 * row after the change is the object; {@code __op}, {@code __ts_ms} and {@code __source_ts_ms} are
 * added to it, named as Debezium's own flattening names them. A deletion, and the tombstone behind
 * it, have no object.
 *
 * @see <a
 *     href="https://debezium.io/documentation/reference/3.3/connectors/postgresql.html">Debezium
 *     3.3, data change events</a>
 */
final class DebeziumChanges implements RecordDecoder {
  private final ValueDecoder values;

  DebeziumChanges(ValueDecoder values) {
    this.values = values;
  }

  @Override
  public Optional<ObjectNode> decode(Record<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    ObjectNode value = values.decode(PlainRecords.value(record));
    boolean isWrapped = value.has("schema") && value.has("payload");
    JsonNode change = isWrapped ? value.path("payload") : value;
    if (change.isNull()) {
      return Optional.empty();
    }
    String operation = change.path("op").asText();
    return switch (operation) {
      case "c", "r", "u" -> Optional.of(after(change));
      case "d" -> Optional.empty();
      default ->
          throw malformed(
              operation.isEmpty()
                  ? "it has no field 'op'; of rows that are flattened already say envelope: none"
                  : "op '" + operation + "' changes no row");
    };
  }

  private static ObjectNode after(JsonNode change) {
    if (change.path("after") instanceof ObjectNode row) {
      row.set("__op", change.path("op"));
      keep(row, "__ts_ms", change.path("ts_ms"));
      keep(row, "__source_ts_ms", change.path("source").path("ts_ms"));
      return row;
    }
    throw malformed("its field 'after' is no object");
  }

  private static void keep(ObjectNode row, String name, JsonNode value) {
    if (!value.isMissingNode()) {
      row.set(name, value);
    }
  }

  private static EventException malformed(String what) {
    return new EventException(MALFORMED_ENVELOPE, "this is no change event of Debezium: " + what);
  }
}
