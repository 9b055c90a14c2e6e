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
 * @param estimate the estimate; null when there is none
 * @param undefined why there is none; empty when there is one
 * @param caveat what a reader must know of the rows behind it; empty when there is nothing
 * @param isAssessable whether more rows could give one; false where the evidence cannot be had
 */
public record Measured(
    Metric metric,
    String group,
    long n,
    @Nullable Estimate estimate,
    String undefined,
    String caveat,
    boolean isAssessable) {
  /** Returns a quantity that has an estimate. */
  public static Measured of(Metric metric, String group, long n, Estimate estimate) {
    return new Measured(metric, group, n, estimate, "", "", true);
  }

  /**
   * Returns this as measured on a sample that never has more than so many rows, so that nobody
   * waits for more of them.
   */
  Measured onAtMost(long rows) {
    return estimate == null
        ? this
        : new Measured(
            metric,
            group,
            n,
            new CappedSample(estimate, Math.max(estimate.n(), rows)),
            undefined,
            caveat,
            isAssessable);
  }

  /** Returns a quantity that is undefined on these rows. */
  public static Measured undefined(Metric metric, String group, long n, String why) {
    return new Measured(metric, group, n, null, why, "", true);
  }

  /** Returns a quantity for which the evidence cannot be had, however many rows come. */
  public static Measured notAssessable(Metric metric, String group, String why) {
    return new Measured(metric, group, 0, null, why, "", false);
  }

  /** Returns this quantity with what a reader must know of the rows behind it. */
  public Measured but(String known) {
    return new Measured(metric, group, n, estimate, undefined, known, isAssessable);
  }
}
