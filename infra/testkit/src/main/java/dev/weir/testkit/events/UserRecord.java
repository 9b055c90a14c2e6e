package dev.weir.testkit.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A record of one of the user's two topics.
 *
 * @param isLabel whether it belongs on the labels topic
 * @param time the time that it carries
 * @param json its value
 */
public record UserRecord(boolean isLabel, Instant time, String json) {
  /** Returns the record's value in UTF-8. */
  public byte[] value() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
