package dev.weir.auditor.evidence;

import dev.weir.contracts.policy.Metric;
import dev.weir.statistics.interval.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * One quantity of one group.
 *
 * @param metric what it is
 * @param group the group as {@code name=value}, or {@code all}
 * @param n rows behind it
 * @param estimate the estimate; null when it is undefined
 * @param undefined why it is undefined; empty when it is not
 */
public record Measured(
    Metric metric, String group, long n, @Nullable Estimate estimate, String undefined) {
  static Measured of(Metric metric, String group, long n, Estimate estimate) {
    return new Measured(metric, group, n, estimate, "");
  }

  static Measured undefined(Metric metric, String group, long n, String why) {
    return new Measured(metric, group, n, null, why);
  }
}
