package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A proportion with Agresti and Coull's bounds: {@code p̃ ± z √(p̃ (1 − p̃) / ñ)} with {@code ñ = n
 * + z²} and {@code p̃ = (successes + z²/2) / ñ}, clipped to [0, 1].
 *
 * @param proportion the proportion
 * @see <a href="https://doi.org/10.1080/00031305.1998.10480550">A. Agresti, B. A. Coull,
 *     Approximate Is Better than "Exact" for Interval Estimation of Binomial Proportions, 1998</a>
 */
public record AgrestiCoull(ProportionEstimate proportion) implements Estimate {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

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
    return Math.max(0, bound(alpha, -1));
  }

  @Override
  public double upper(double alpha) {
    return Math.min(1, bound(alpha, 1));
  }

  private double bound(double alpha, int sign) {
    double z = STANDARD.inverseSurvivalProbability(alpha);
    double rows = n() + z * z;
    double p = (proportion.successes() + z * z / 2) / rows;
    return p + sign * z * Math.sqrt(p * (1 - p) / rows);
  }

  @Override
  public long n() {
    return proportion.n();
  }
}
