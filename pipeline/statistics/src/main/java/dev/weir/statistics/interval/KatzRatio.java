package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The ratio a / b of two independent proportions with Katz' bounds, normal on the log scale: {@code
 * (a / b) · exp(±z √(1/x − 1/n + 1/y − 1/m))} for x of n and y of m.
 *
 * @param a the numerator, with at least one success
 * @param b the denominator, with at least one success
 * @see <a href="https://doi.org/10.2307/2530610">D. Katz et al., Obtaining Confidence Intervals for
 *     the Risk Ratio in Cohort Studies, 1978</a>
 */
public record KatzRatio(ProportionEstimate a, ProportionEstimate b) implements Estimate {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  public KatzRatio {
    if (a.successes() == 0 || b.successes() == 0) {
      throw new IllegalArgumentException(
          "the log of a ratio needs a success on each side, was "
              + a.successes()
              + " of "
              + a.n()
              + " and "
              + b.successes()
              + " of "
              + b.n());
    }
  }

  @Override
  public double value() {
    return a.value() / b.value();
  }

  /** Returns the standard error by the delta method: value times that of the log. */
  @Override
  public double standardError() {
    return value() * logError();
  }

  @Override
  public double lower(double alpha) {
    return value() * Math.exp(-STANDARD.inverseSurvivalProbability(alpha) * logError());
  }

  @Override
  public double upper(double alpha) {
    return value() * Math.exp(STANDARD.inverseSurvivalProbability(alpha) * logError());
  }

  private double logError() {
    return Math.sqrt(1.0 / a.successes() - 1.0 / a.n() + 1.0 / b.successes() - 1.0 / b.n());
  }

  @Override
  public long n() {
    return a.n() + b.n();
  }
}
