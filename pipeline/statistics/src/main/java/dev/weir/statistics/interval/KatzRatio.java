package dev.weir.statistics.interval;

import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Katz' interval of the ratio a / b of two independent proportions, normal on the log scale: {@code
 * (a / b) · exp(±z √(1/x − 1/n + 1/y − 1/m))} for x of n and y of m.
 *
 * @see <a href="https://doi.org/10.2307/2530610">D. Katz et al., Obtaining Confidence Intervals for
 *     the Risk Ratio in Cohort Studies, 1978</a>
 */
public final class KatzRatio {
  private KatzRatio() {}

  /**
   * Returns the two-sided interval of level 1 − {@code alpha}; empty without a success on either
   * side, where the logarithm of the ratio is not defined.
   */
  public static Optional<Interval> of(ProportionEstimate a, ProportionEstimate b, double alpha) {
    if (a.successes() == 0 || b.successes() == 0) {
      return Optional.empty();
    }
    double ratio = a.value() / b.value();
    double logError =
        Math.sqrt(1.0 / a.successes() - 1.0 / a.n() + 1.0 / b.successes() - 1.0 / b.n());
    double factor =
        Math.exp(NormalDistribution.of(0, 1).inverseSurvivalProbability(alpha / 2) * logError);
    return Optional.of(new Interval(ratio / factor, ratio * factor));
  }
}
