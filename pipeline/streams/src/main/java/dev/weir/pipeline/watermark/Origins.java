package dev.weir.pipeline.watermark;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Which partition of the users' topics a row or a label comes from, as a header. Behind ingest
 * these partitions are mixed, and only so can be seen which of them is behind the others.
 */
public final class Origins {
  /** The header's name. */
  public static final String HEADER = "weir.origin";

  private Origins() {}

  /** Returns the headers of what comes from a partition that an intake reads. */
  public static Headers of(String intake, int partition) {
    return new RecordHeaders().add(HEADER, (intake + "-" + partition).getBytes(UTF_8));
  }

  /** Returns where a record comes from; null for one that did not come by ingest. */
  static @Nullable String of(Headers headers) {
    Header origin = headers.lastHeader(HEADER);
    return origin == null ? null : new String(origin.value(), UTF_8);
  }
}
