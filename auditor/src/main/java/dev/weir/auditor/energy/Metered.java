package dev.weir.auditor.energy;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.MeanEstimate;

/**
 * A mean over repeated metering: its error does not shrink with the rows that judge.
 *
 * @param mean over the repetitions
 */
record Metered(MeanEstimate mean) implements Estimate {
  /** Returns {@code offset + factor · mean}, {@code factor} &gt; 0. */
  Metered scaled(double factor, double offset) {
    return new Metered(
        new MeanEstimate(
            offset + factor * mean.value(),
            factor * mean.standardError(),
            mean.degreesOfFreedom(),
            mean.n()));
  }

  @Override
  public double value() {
    return mean.value();
  }

  @Override
  public double standardError() {
    return mean.standardError();
  }

  @Override
  public double lower(double alpha) {
    return mean.lower(alpha);
  }

  @Override
  public double upper(double alpha) {
    return mean.upper(alpha);
  }

  @Override
  public long n() {
    return mean.n();
  }

  @Override
  public Metered projected(double factor) {
    return this;
  }
}
