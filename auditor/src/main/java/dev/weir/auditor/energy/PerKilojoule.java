package dev.weir.auditor.energy;

import dev.weir.statistics.interval.Estimate;

/**
 * A gain divided by the energy that it took.
 *
 * @param gain the gain
 * @param kilojoules the energy, &gt; 0, taken as exact
 */
record PerKilojoule(Estimate gain, double kilojoules) implements Estimate {
  @Override
  public double value() {
    return gain.value() / kilojoules;
  }

  @Override
  public double standardError() {
    return gain.standardError() / kilojoules;
  }

  @Override
  public double lower(double alpha) {
    return gain.lower(alpha) / kilojoules;
  }

  @Override
  public double upper(double alpha) {
    return gain.upper(alpha) / kilojoules;
  }

  @Override
  public long n() {
    return gain.n();
  }

  @Override
  public PerKilojoule projected(double factor) {
    return new PerKilojoule(gain.projected(factor), kilojoules);
  }
}
