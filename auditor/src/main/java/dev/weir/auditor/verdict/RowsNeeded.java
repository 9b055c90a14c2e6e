package dev.weir.auditor.verdict;

import dev.weir.contracts.policy.Tolerance;
import dev.weir.statistics.interval.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * How many more rows would let a gate pass.
 *
 * <p>The smallest factor f at which the bounds of the estimate on f times its rows lie inside the
 * tolerance. If the truth is what is estimated now, a gate passes with so many rows about every
 * other time: half of the estimates then fall on the far side of it.
 */
final class RowsNeeded {
  private static final double MOST = 1 << 20;
  private static final double PRECISION = 1e-3;

  private RowsNeeded() {}

  /**
   * Returns {@code n (f − 1)}, rounded up, or null when the point estimate itself is not tolerated,
   * or lies so near the limit that a million times the rows would not do.
   *
   * @param n the rows that are counted
   */
  static @Nullable Long of(long n, Estimate estimate, Tolerance tolerance, double alpha) {
    double value = estimate.value();
    if (!tolerance.contains(value, value) || !isInside(estimate, tolerance, alpha, MOST)) {
      return null;
    }
    double high = 1;
    double low = 1;
    while (!isInside(estimate, tolerance, alpha, high)) {
      low = high;
      high *= 1.5;
    }
    while (high - low > PRECISION * low) {
      double middle = (low + high) / 2;
      boolean isEnough = isInside(estimate, tolerance, alpha, middle);
      high = isEnough ? middle : high;
      low = isEnough ? low : middle;
    }
    return (long) Math.ceil(n * (high - 1));
  }

  private static boolean isInside(
      Estimate estimate, Tolerance tolerance, double alpha, double factor) {
    Estimate then = estimate.projected(factor);
    return tolerance.contains(then.lower(alpha), then.upper(alpha));
  }
}
