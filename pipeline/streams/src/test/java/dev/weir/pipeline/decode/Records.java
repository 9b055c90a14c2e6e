package dev.weir.pipeline.decode;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Records as a topology reads them. */
final class Records {
  private Records() {}

  static Record<byte[], byte[]> of(byte @Nullable [] value) {
    return of(value, new RecordHeaders());
  }

  static Record<byte[], byte[]> of(byte @Nullable [] value, Headers headers) {
    return new Record<>(new byte[0], value, 0, headers);
  }

  static Record<byte[], byte[]> of(String value) {
    return of(bytes(value));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
