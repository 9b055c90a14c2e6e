package dev.weir.pipeline.watermark;

import java.time.Duration;

/**
 * How wall time enters the watermark of a free run.
 *
 * @param lookEvery wall time between two looks at the inputs, and so the shortest between two ticks
 * @param idleAfter an input without a record for this wall time holds back nothing any more
 */
public record WatermarkRules(Duration lookEvery, Duration idleAfter) {
  /** A look each second, idle after one minute. */
  public static final WatermarkRules DEFAULT =
      new WatermarkRules(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private static final int LOOKS_PER_LEAP = 10;

  public WatermarkRules {
    if (lookEvery.toMillis() < 1 || idleAfter.compareTo(lookEvery) < 0) {
      throw new IllegalArgumentException(
          "need 1 ms <= lookEvery <= idleAfter, was " + lookEvery + " and " + idleAfter);
    }
  }

  /** Returns these rules with another time after which an input is idle. */
  public WatermarkRules withIdleAfter(Duration other) {
    return new WatermarkRules(lookEvery, other);
  }

  /**
   * Returns the wall time in milliseconds that one look counts at most, ten looks: a clock that is
   * set forward, or a machine that slept, must not expire everything at once.
   */
  long longestStepMillis() {
    return LOOKS_PER_LEAP * lookEvery.toMillis();
  }
}
