package dev.weir.statistics.interval;

/**
 * A closed interval.
 *
 * @param lower the lower end
 * @param upper the upper end, ≥ lower
 */
public record Interval(double lower, double upper) {
  public Interval {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException("need lower <= upper, was " + lower + ", " + upper);
    }
  }

  /**
   * Returns the two-sided interval of level 1 − {@code alpha}: both one-sided bounds at {@code
   * alpha} / 2.
   */
  public static Interval of(Estimate estimate, double alpha) {
    return new Interval(estimate.lower(alpha / 2), estimate.upper(alpha / 2));
  }

  /** Returns whether {@code value} lies inside, ends included. */
  public boolean contains(double value) {
    return lower <= value && value <= upper;
  }
}
