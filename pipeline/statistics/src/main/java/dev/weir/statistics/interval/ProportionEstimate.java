package dev.weir.statistics.interval;

/**
 * A proportion with Wilson's score bounds.
 *
 * @param successes how many, 0 ≤ successes ≤ n
 * @param n of how many, ≥ 1
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">E. B. Wilson, Probable Inference,
 *     1927</a>
 */
public record ProportionEstimate(long successes, long n) implements Estimate {
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
    return successes == 0
        ? 0
        : EffectiveProportion.wilson(value(), n, -EffectiveProportion.z(alpha));
  }

  @Override
  public double upper(double alpha) {
    return successes == n
        ? 1
        : EffectiveProportion.wilson(value(), n, EffectiveProportion.z(alpha));
  }

  @Override
  public Estimate projected(double factor) {
    return new EffectiveProportion(value(), n * factor, Math.round(n * factor));
  }
}
