package dev.weir.statistics.interval;

/**
 * A quantity without sampling error.
 *
 * @param value the quantity
 * @param n what it was found on
 */
public record Exact(double value, long n) implements Estimate {
  @Override
  public double standardError() {
    return 0;
  }

  @Override
  public double lower(double alpha) {
    return value;
  }

  @Override
  public double upper(double alpha) {
    return value;
  }

  @Override
  public Exact projected(double factor) {
    return this;
  }
}
