package dev.weir.pipeline.watermark;

/**
 * Wall time between two looks: 0 at the first one and where the clock was set back, and never more
 * than the longest step.
 */
final class WallTime {
  private static final long NONE = Long.MIN_VALUE;

  private final long longestStepMillis;
  private long last = NONE;

  WallTime(long longestStepMillis) {
    this.longestStepMillis = longestStepMillis;
  }

  /** Returns the milliseconds since the last call. */
  long elapsed(long now) {
    long elapsed = last == NONE ? 0 : Math.max(0, now - last);
    last = now;
    return Math.min(elapsed, longestStepMillis);
  }
}
