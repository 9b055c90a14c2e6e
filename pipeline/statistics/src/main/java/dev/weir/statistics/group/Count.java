package dev.weir.statistics.group;

import dev.weir.statistics.interval.Estimate;

/**
 * A number of rows: what it is, without sampling error.
 *
 * @param n the rows
 */
record Count(long n) implements Estimate {
  @Override
  public double value() {
    return n;
  }

  @Override
  public double standardError() {
    return 0;
  }

  @Override
  public double lower(double alpha) {
    return n;
  }

  @Override
  public double upper(double alpha) {
    return n;
  }

  @Override
  public Estimate projected(double factor) {
    return new Count(Math.round(n * factor));
  }
}
