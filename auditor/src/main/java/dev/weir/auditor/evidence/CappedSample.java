package dev.weir.auditor.evidence;

import dev.weir.statistics.interval.Estimate;

/**
 * An estimate of sampled rows, of which there are never more than so many: more rows to sample from
 * sharpen it no further.
 *
 * @param sampled the estimate
 * @param most rows that are ever sampled, ≥ its own
 */
public record CappedSample(Estimate sampled, long most) implements Estimate {
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
  public CappedSample projected(double factor) {
    double reached = Math.min(factor, (double) most / n());
    return new CappedSample(sampled.projected(reached), most);
  }
}
