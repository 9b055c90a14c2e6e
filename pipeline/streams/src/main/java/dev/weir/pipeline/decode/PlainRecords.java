package dev.weir.pipeline.decode;

import static dev.weir.contracts.feature.EventException.Reason.MALFORMED_JSON;
import static dev.weir.contracts.feature.EventException.Reason.TOO_LARGE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.contracts.feature.EventException;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Records whose value is the object, of at most one mebibyte. */
final class PlainRecords implements RecordDecoder {
  private static final int MAX_BYTES = 1024 * 1024;

  private final ValueDecoder values;

  PlainRecords(ValueDecoder values) {
    this.values = values;
  }

  @Override
  public Optional<ObjectNode> decode(Record<byte[], byte[]> record) {
    return Optional.of(values.decode(value(record)));
  }

  /** Returns the value, which must be there and not too large. */
  static byte[] value(Record<byte[], byte[]> record) {
    byte[] value = record.value();
    if (value == null) {
      throw new EventException(MALFORMED_JSON, "the value is empty");
    }
    if (value.length > MAX_BYTES) {
      throw new EventException(
          TOO_LARGE, "the value has " + value.length + " bytes, at most " + MAX_BYTES);
    }
    return value;
  }
}
