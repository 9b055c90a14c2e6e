package dev.weir.auditor.verdict;

import dev.weir.contracts.policy.Tolerance;
import dev.weir.statistics.interval.Estimate;
import org.jspecify.annotations.Nullable;

/** How many more rows would let a gate pass, if the point estimate stays where it is. */
final class RowsNeeded {
  private RowsNeeded() {}

  /**
   * Returns {@code n · ((half-width / margin)² − 1)}, rounded up: bounds narrow with 1/√n. It is
   * null when the point estimate itself is not tolerated, as then more rows would not help.
   */
  static @Nullable Long of(Estimate estimate, Tolerance tolerance, double alpha) {
    double value = estimate.value();
    if (!tolerance.contains(value, value)) {
      return null;
    }
    double halfWidth = Math.max(value - estimate.lower(alpha), estimate.upper(alpha) - value);
    double low = 0;
    double high = 1;
    for (int step = 0; step < 50; step++) {
      double share = (low + high) / 2;
      boolean fits = tolerance.contains(value - share * halfWidth, value + share * halfWidth);
      low = fits ? share : low;
      high = fits ? high : share;
    }
    return low == 0 ? null : (long) Math.ceil(estimate.n() * (1 / (low * low) - 1));
  }
}
