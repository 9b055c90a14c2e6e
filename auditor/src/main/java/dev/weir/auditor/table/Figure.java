package dev.weir.auditor.table;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Spread;
import org.jspecify.annotations.Nullable;

/**
 * A number with its interval, as JSON has it: null is undefined, or unbounded.
 *
 * @param value the estimate
 * @param low the lower end
 * @param high the upper end
 * @param n rows behind it
 */
record Figure(@Nullable Double value, @Nullable Double low, @Nullable Double high, long n) {
  static Figure of(Estimate estimate, double alpha) {
    return of(estimate.value(), estimate.lower(alpha / 2), estimate.upper(alpha / 2), estimate.n());
  }

  static Figure of(Spread spread) {
    return of(spread.value(), spread.lower(), spread.upper(), spread.n());
  }

  static Figure of(double value, double low, double high, long n) {
    return new Figure(finite(value), finite(low), finite(high), n);
  }

  static Figure undefined(long n) {
    return new Figure(null, null, null, n);
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
