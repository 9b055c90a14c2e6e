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
    return successes == 0 ? 0 : bound(-z(alpha));
  }

  @Override
  public double upper(double alpha) {
    return successes == n ? 1 : bound(z(alpha));
  }

  private static double z(double alpha) {
    return STANDARD.inverseSurvivalProbability(alpha);
  }

  private double bound(double z) {
    return wilson(value(), n, z);
  }

  private static double wilson(double p, double n, double z) {
    double z2 = z * z / n;
    return (p + z2 / 2 + z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n))) / (1 + z2);
  }

  @Override
  public Estimate projected(double factor) {
    return new Projected(value(), n * factor);
  }

  /** The same share of a number of observations that need not be whole. */
  private record Projected(double value, double observations) implements Estimate {
    @Override
    public double standardError() {
      return Math.sqrt(value * (1 - value) / observations);
    }

    @Override
    public double lower(double alpha) {
      return value == 0 ? 0 : wilson(value, observations, -z(alpha));
    }

    @Override
    public double upper(double alpha) {
      return value == 1 ? 1 : wilson(value, observations, z(alpha));
    }

    @Override
    public long n() {
      return Math.round(observations);
    }

    @Override
    public Estimate projected(double factor) {
      return new Projected(value, observations * factor);
    }
  }
}
