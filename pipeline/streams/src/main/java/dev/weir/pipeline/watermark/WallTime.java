package dev.weir.pipeline.watermark;

/**
 * Wall time between two looks: 0 at the first one and where the clock was set back, and never more
 * than the longest step. A look that comes later than that has missed what happened in between.
 */
final class WallTime {
  private static final long NONE = Long.MIN_VALUE;

  private final long longestStepMillis;
  private long last = NONE;
  private boolean isLate;

  WallTime(long longestStepMillis) {
    this.longestStepMillis = longestStepMillis;
  }

  /** Returns the milliseconds since the last call. */
  long elapsed(long now) {
    long elapsed = last == NONE ? 0 : Math.max(0, now - last);
    last = now;
    isLate = elapsed > longestStepMillis;
    return Math.min(elapsed, longestStepMillis);
  }

  /** Returns whether the last look came more than the longest step after the one before. */
  boolean isLate() {
    return isLate;
  }
}
