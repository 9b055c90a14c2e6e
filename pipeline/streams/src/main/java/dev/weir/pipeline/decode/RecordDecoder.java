package dev.weir.pipeline.decode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Record;

/** Turns a user's record into the JSON object that the spec speaks of. */
public interface RecordDecoder {
  /**
   * Returns the object in {@code record}; empty where the record says that what it was about has
   * been deleted at its source.
   *
   * @throws dev.weir.contracts.feature.EventException if there is no such object, with the reason
   */
  Optional<ObjectNode> decode(Record<byte[], byte[]> record);
}
