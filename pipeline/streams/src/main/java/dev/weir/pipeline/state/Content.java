package dev.weir.pipeline.state;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** A value that becomes bytes only when it is written: as it is then, not as it was when put. */
@FunctionalInterface
public interface Content {
  /** Writes {@link #bytes} and reads them as they were written. */
  Serde<Content> SERDE =
      Serdes.serdeFrom(
          (topic, content) -> content == null ? null : content.bytes(),
          (topic, bytes) -> bytes == null ? null : () -> bytes);

  /** Returns the value in bytes, as it is now. */
  byte[] bytes();
}
