package dev.weir.auditor.leakage;

import dev.weir.statistics.interval.Estimate;

/**
 * The greater of two quantities, however their estimates hang together.
 *
 * <p>A lower bound is too high only if one of two is, so each has level 1 − α / 2. An upper bound
 * is too low only if that of the truly greater is, so each has level 1 − α.
 *
 * @param first one estimate
 * @param second the other
 */
record GreaterOf(Estimate first, Estimate second) implements Estimate {
  private Estimate greater() {
    return first.value() >= second.value() ? first : second;
  }

  @Override
  public double value() {
    return greater().value();
  }

  @Override
  public double standardError() {
    return greater().standardError();
  }

  @Override
  public double lower(double alpha) {
    return Math.max(first.lower(alpha / 2), second.lower(alpha / 2));
  }

  @Override
  public double upper(double alpha) {
    return Math.max(first.upper(alpha), second.upper(alpha));
  }

  @Override
  public long n() {
    return Math.min(first.n(), second.n());
  }

  @Override
  public GreaterOf projected(double factor) {
    return new GreaterOf(first.projected(factor), second.projected(factor));
  }
}
