package dev.weir.pipeline.ingest;

import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A record that cannot be used: its original bytes, with the reason in headers. */
final class DeadLetter {
  /** Leaves room for key and headers. */
  private static final int MOST_KEPT_BYTES = Topics.MAX_MESSAGE_BYTES - (1 << 20);

  private static final int MOST_KEPT_CHARS = 1000;

  private DeadLetter() {}

  /** Returns the dead letter of {@code record}, which came from {@code source}. */
  static Record<Object, byte[]> of(
      Record<byte[], byte[]> record, EventException why, Optional<RecordMetadata> source) {
    Headers headers = new RecordHeaders(record.headers().toArray());
    byte[] value = kept(record.value(), headers);
    header(headers, "weir.reason", why.reason().name());
    header(headers, "weir.message", String.valueOf(why.getMessage()));
    Throwable cause = why.getCause() == null ? why : why.getCause();
    header(headers, "weir.exception", shortened(cause.toString()));
    source.ifPresent(
        from -> {
          header(headers, "weir.topic", from.topic());
          header(headers, "weir.partition", Integer.toString(from.partition()));
          header(headers, "weir.offset", Long.toString(from.offset()));
        });
    return new Record<>(record.key(), value, Math.max(0, record.timestamp()), headers);
  }

  /** One that outgrew the topic would stop the pipeline, and again at each start. */
  private static byte[] kept(byte[] value, Headers headers) {
    if (value == null || value.length <= MOST_KEPT_BYTES) {
      return value;
    }
    header(headers, "weir.cut.from.bytes", Integer.toString(value.length));
    return Arrays.copyOf(value, MOST_KEPT_BYTES);
  }

  /** A parser may quote the value. */
  private static String shortened(String text) {
    return text.length() <= MOST_KEPT_CHARS ? text : text.substring(0, MOST_KEPT_CHARS);
  }

  private static void header(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
