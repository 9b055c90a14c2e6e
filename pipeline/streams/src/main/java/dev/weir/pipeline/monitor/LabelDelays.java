package dev.weir.pipeline.monitor;

import java.time.Duration;

/**
 * Fixed bins for label time − event time, four to each doubling, in whole seconds.
 *
 * <p>Bins 0–3 are 0, 1, 2 and 3 seconds; from there on a bin is {@code [q · 2ᵏ, (q + 1) · 2ᵏ)}
 * seconds, q = 4…7, so its width is at most a quarter of its start. Whole numbers only: the bin of
 * a delay is the same on every machine. A label before its event is in bin 0, one of 2²⁸ seconds
 * (8.5 years) or more in the last.
 */
public final class LabelDelays {
  private static final int PER_DOUBLING = 4;
  private static final int MOST_BITS = 28;
  private static final long LONGEST = (1L << MOST_BITS) - 1;

  /** How many bins there are. */
  public static final int BINS = PER_DOUBLING * (MOST_BITS - 1);

  private LabelDelays() {}

  /** Returns the bin of a delay, in [0, {@link #BINS}). */
  public static int bin(Duration delay) {
    long seconds = Math.max(0, Math.min(LONGEST, delay.toSeconds()));
    if (seconds < PER_DOUBLING) {
      return (int) seconds;
    }
    int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(seconds) - 2;
    return PER_DOUBLING * doublings + (int) (seconds >>> doublings);
  }

  /** Returns the shortest delay in a bin. */
  public static Duration from(int bin) {
    if (bin < 2 * PER_DOUBLING) {
      return Duration.ofSeconds(bin);
    }
    int doublings = bin / PER_DOUBLING - 1;
    return Duration.ofSeconds((long) (PER_DOUBLING + bin % PER_DOUBLING) << doublings);
  }
}
