package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Agresti and Coull's interval of a proportion: {@code p̃ ± z √(p̃ (1 − p̃) / ñ)} with {@code ñ = n
 * + z²} and {@code p̃ = (successes + z²/2) / ñ}, clipped to [0, 1].
 *
 * @see <a href="https://doi.org/10.1080/00031305.1998.10480550">A. Agresti, B. A. Coull,
 *     Approximate Is Better than "Exact" for Interval Estimation of Binomial Proportions, 1998</a>
 */
public final class AgrestiCoull {
  private AgrestiCoull() {}

  /** Returns the two-sided interval of level 1 − {@code alpha}. */
  public static Interval of(ProportionEstimate proportion, double alpha) {
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability(alpha / 2);
    double rows = proportion.n() + z * z;
    double p = (proportion.successes() + z * z / 2) / rows;
    double half = z * Math.sqrt(p * (1 - p) / rows);
    return new Interval(Math.max(0, p - half), Math.min(1, p + half));
  }
}
