package dev.weir.statistics.interval;

/**
 * The difference a − b of two independent proportions, with Newcombe's hybrid score bounds (method
 * 10, no continuity correction): {@code lower = d − √((pₐ − lₐ)² + (u_b − p_b)²)}, where l and u
 * are Wilson's bounds.
 *
 * @param a the first proportion
 * @param b the one taken away
 * @see <a
 *     href="https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I">R.
 *     G. Newcombe, Interval Estimation for the Difference between Independent Proportions, 1998</a>
 */
public record ProportionDifference(Estimate a, Estimate b) implements Estimate {
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
  public ProportionDifference projected(double factor) {
    return new ProportionDifference(a.projected(factor), b.projected(factor));
  }
}
