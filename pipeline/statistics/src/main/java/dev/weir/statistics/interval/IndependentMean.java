package dev.weir.statistics.interval;

/**
 * The mean (a + b) / 2 of two independent estimates, its variance recovered from their own bounds:
 * {@code lower = m − √((a − lₐ)² + (b − l_b)²) / 2}. Of the true positive and the true negative
 * rate it is the balanced accuracy.
 *
 * @param a the first
 * @param b the second
 * @see <a href="https://doi.org/10.1002/sim.3095">G. Y. Zou, A. Donner, Construction of Confidence
 *     Limits about Effect Measures: A General Approach, 2008 (MOVER)</a>
 */
public record IndependentMean(Estimate a, Estimate b) implements Estimate {
  @Override
  public double value() {
    return (a.value() + b.value()) / 2;
  }

  @Override
  public double standardError() {
    return Math.hypot(a.standardError(), b.standardError()) / 2;
  }

  @Override
  public double lower(double alpha) {
    return value() - Math.hypot(a.value() - a.lower(alpha), b.value() - b.lower(alpha)) / 2;
  }

  @Override
  public double upper(double alpha) {
    return value() + Math.hypot(a.upper(alpha) - a.value(), b.upper(alpha) - b.value()) / 2;
  }

  @Override
  public long n() {
    return a.n() + b.n();
  }

  @Override
  public Estimate projected(double factor) {
    return new IndependentMean(a.projected(factor), b.projected(factor));
  }
}
