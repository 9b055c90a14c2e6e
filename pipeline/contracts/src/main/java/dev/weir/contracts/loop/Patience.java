package dev.weir.contracts.loop;

import java.time.Duration;

/**
 * How long a loop waits for what is away: pauses double from {@code first} up to {@code longest}.
 *
 * @param first the pause after the first failure
 * @param longest the longest pause
 * @param total how long after the first failure it is given up
 */
public record Patience(Duration first, Duration longest, Duration total) {
  /** A restart or a short outage of a broker or registry is waited out; an hour's is not. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofMillis(200), Duration.ofSeconds(15), Duration.ofMinutes(15));

  public Patience {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "need 0 < first <= longest, was " + first + " and " + longest);
    }
  }
}
