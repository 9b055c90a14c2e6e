package dev.weir.auditor.energy;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.MeanEstimate;

/**
 * The ratio of two metered positive means, with Student's t bounds on the log scale (delta method):
 * {@code exp(ln a − ln b ± t √((sₐ/a)² + (s_b/b)²))}. Its error does not shrink with the rows that
 * judge.
 *
 * @param log the difference of the logs
 */
record MeteredRatio(MeanEstimate log) implements Estimate {
  static MeteredRatio of(MeanEstimate a, MeanEstimate b) {
    double error = Math.hypot(a.standardError() / a.value(), b.standardError() / b.value());
    double degrees = Math.min(a.degreesOfFreedom(), b.degreesOfFreedom());
    return new MeteredRatio(
        new MeanEstimate(Math.log(a.value() / b.value()), error, degrees, a.n() + b.n()));
  }

  @Override
  public double value() {
    return Math.exp(log.value());
  }

  @Override
  public double standardError() {
    return value() * log.standardError();
  }

  @Override
  public double lower(double alpha) {
    return Math.exp(log.lower(alpha));
  }

  @Override
  public double upper(double alpha) {
    return Math.exp(log.upper(alpha));
  }

  @Override
  public long n() {
    return log.n();
  }

  @Override
  public MeteredRatio projected(double factor) {
    return this;
  }
}
