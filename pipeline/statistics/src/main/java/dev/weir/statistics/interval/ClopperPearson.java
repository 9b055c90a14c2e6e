package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * Clopper and Pearson's interval of a proportion, quantiles of beta distributions: it never covers
 * less than it promises, and mostly more.
 *
 * @see <a href="https://doi.org/10.1093/biomet/26.4.404">C. J. Clopper, E. S. Pearson, The Use of
 *     Confidence or Fiducial Limits Illustrated in the Case of the Binomial, 1934</a>
 */
public final class ClopperPearson {
  private ClopperPearson() {}

  /** Returns the two-sided interval of level 1 − {@code alpha}, within [0, 1]. */
  public static Interval of(ProportionEstimate proportion, double alpha) {
    long successes = proportion.successes();
    double failures = proportion.n() - successes;
    return new Interval(
        successes == 0
            ? 0
            : BetaDistribution.of(successes, failures + 1).inverseCumulativeProbability(alpha / 2),
        failures == 0
            ? 1
            : BetaDistribution.of(successes + 1.0, failures).inverseSurvivalProbability(alpha / 2));
  }
}
