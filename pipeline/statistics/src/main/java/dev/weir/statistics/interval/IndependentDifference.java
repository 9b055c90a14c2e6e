package dev.weir.statistics.interval;

/**
 * The difference a − b of two independent estimates, its variance recovered from their own bounds:
 * {@code lower = d − √((a − lₐ)² + (u_b − b)²)}. Of two proportions with Wilson's bounds these are
 * Newcombe's bounds (his method 10, without continuity correction); skewed bounds stay skewed.
 *
 * @param a the first
 * @param b the one taken away
 * @see <a
 *     href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I">R.
 *     G. Newcombe, Interval Estimation for the Difference between Independent Proportions, 1998</a>
 * @see <a href="https://doi.org/10.1002/sim.3095">G. Y. Zou, A. Donner, Construction of Confidence
 *     Limits about Effect Measures: A General Approach, 2008 (MOVER)</a>
 */
public record IndependentDifference(Estimate a, Estimate b) implements Estimate {
  @Override
  public double value() {
    return a.value() - b.value();
  }

  @Override
  public double standardError() {
    return Math.hypot(a.standardError(), b.standardError());
  }

  @Override
  public double lower(double alpha) {
    return value() - Math.hypot(a.value() - a.lower(alpha), b.upper(alpha) - b.value());
  }

  @Override
  public double upper(double alpha) {
    return value() + Math.hypot(a.upper(alpha) - a.value(), b.value() - b.lower(alpha));
  }

  @Override
  public long n() {
    return a.n() + b.n();
  }

  @Override
  public IndependentDifference projected(double factor) {
    return new IndependentDifference(a.projected(factor), b.projected(factor));
  }
}
