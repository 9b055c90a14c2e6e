package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A proportion with Wilson's score bounds.
 *
 * @param successes how many, 0 ≤ successes ≤ n
 * @param n of how many, ≥ 1
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">E. B. Wilson, Probable Inference,
 *     1927</a>
 */
public record ProportionEstimate(long successes, long n) implements Estimate {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  public ProportionEstimate {
    if (n < 1 || successes < 0 || successes > n) {
      throw new IllegalArgumentException(
          "need 0 <= successes <= n and n >= 1, was " + successes + " of " + n);
    }
  }

  @Override
  public double value() {
    return (double) successes / n;
  }

  @Override
  public double standardError() {
    double p = value();
    return Math.sqrt(p * (1 - p) / n);
  }

  @Override
  public double lower(double alpha) {
    return successes == 0 ? 0 : bound(-STANDARD.inverseSurvivalProbability(alpha));
  }

  @Override
  public double upper(double alpha) {
    return successes == n ? 1 : bound(STANDARD.inverseSurvivalProbability(alpha));
  }

  private double bound(double z) {
    double p = value();
    double z2 = z * z / n;
    return (p + z2 / 2 + z * Math.sqrt(p * (1 - p) / n + z2 / (4.0 * n))) / (1 + z2);
  }
}
