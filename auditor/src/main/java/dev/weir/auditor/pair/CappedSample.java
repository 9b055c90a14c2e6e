package dev.weir.auditor.pair;

import dev.weir.statistics.interval.Estimate;

/**
 * An estimate of as many rows as are ever sampled: more rows to sample from do not sharpen it.
 *
 * @param sampled the estimate
 */
record FullSample(Estimate sampled) implements Estimate {
  @Override
  public double value() {
    return sampled.value();
  }

  @Override
  public double standardError() {
    return sampled.standardError();
  }

  @Override
  public double lower(double alpha) {
    return sampled.lower(alpha);
  }

  @Override
  public double upper(double alpha) {
    return sampled.upper(alpha);
  }

  @Override
  public long n() {
    return sampled.n();
  }

  @Override
  public FullSample projected(double factor) {
    return this;
  }
}
