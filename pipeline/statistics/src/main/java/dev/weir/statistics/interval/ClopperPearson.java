package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * A proportion with Clopper and Pearson's bounds, quantiles of beta distributions: they never cover
 * less than they promise, and mostly more.
 *
 * @param proportion the proportion
 * @see <a href="https://doi.org/10.1093/biomet/26.4.404">C. J. Clopper, E. S. Pearson, The Use of
 *     Confidence or Fiducial Limits Illustrated in the Case of the Binomial, 1934</a>
 */
public record ClopperPearson(ProportionEstimate proportion) implements Estimate {
  @Override
  public double value() {
    return proportion.value();
  }

  @Override
  public double standardError() {
    return proportion.standardError();
  }

  @Override
  public double lower(double alpha) {
    long successes = proportion.successes();
    return successes == 0
        ? 0
        : BetaDistribution.of(successes, n() - successes + 1.0).inverseCumulativeProbability(alpha);
  }

  @Override
  public double upper(double alpha) {
    long successes = proportion.successes();
    return successes == n()
        ? 1
        : BetaDistribution.of(successes + 1.0, (double) n() - successes)
            .inverseSurvivalProbability(alpha);
  }

  @Override
  public long n() {
    return proportion.n();
  }
}
