package dev.weir.statistics.interval;

import java.util.function.DoubleUnaryOperator;

/**
 * An increasing function of another estimate; its bounds are those of the other, put through the
 * function, and so cover as often.
 *
 * @param of the other estimate
 * @param function increasing on the range of its bounds
 * @param slope the function's derivative, for the standard error by the delta method
 */
public record MonotoneEstimate(Estimate of, DoubleUnaryOperator function, DoubleUnaryOperator slope)
    implements Estimate {
  @Override
  public double value() {
    return function.applyAsDouble(of.value());
  }

  @Override
  public double standardError() {
    return of.standardError() * slope.applyAsDouble(of.value());
  }

  @Override
  public double lower(double alpha) {
    return function.applyAsDouble(of.lower(alpha));
  }

  @Override
  public double upper(double alpha) {
    return function.applyAsDouble(of.upper(alpha));
  }

  @Override
  public long n() {
    return of.n();
  }

  @Override
  public Estimate projected(double factor) {
    return new MonotoneEstimate(of.projected(factor), function, slope);
  }
}
