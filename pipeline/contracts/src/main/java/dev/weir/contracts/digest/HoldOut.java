package dev.weir.contracts.digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Decides which rows may judge a model and never train it.
 *
 * <p>A row is held out when the first 53 bits of {@code SHA-256(model ‖ 0 ‖ eventId)}, read as a
 * fraction of 1, lie below {@code share}. It depends on nothing else, so no version of a model ever
 * trains on a row that may judge another.
 *
 * @param model the model's name
 * @param share the share of rows held out, in [0, 1]
 */
public record HoldOut(String model, double share) {
  public HoldOut {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be in [0, 1], was " + share);
    }
  }

  /** Returns whether the event's row is held out. */
  public boolean contains(String eventId) {
    byte[] hash = Sha256.digest().digest((model + "\0" + eventId).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1.0p-53 < share;
  }
}
