package dev.weir.statistics.interval;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * How far the farthest of several quantities lies from none: {@code max |d|} of differences, or
 * {@code min (r, 1/r)} of ratios, with bounds for the same of the true values.
 *
 * <p>As in {@link Spread}, the bound towards none is corrected (Bonferroni) over the quantities
 * that can be the farthest, the bound away from none needs no correction.
 *
 * @param value the distance of the estimates
 * @param lower its lower bound
 * @param upper its upper bound
 */
public record Farthest(double value, double lower, double upper) {
  private static final double CANDIDATE = 0.01;

  /** Returns {@code max |d|}, ≥ 0; empty for no difference. */
  public static Optional<Farthest> difference(List<? extends Estimate> differences, double alpha) {
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(of(differences, alpha, d -> d, d -> d));
  }

  /**
   * Returns {@code min (r, 1/r)}, in [0, 1]; empty for no ratio.
   *
   * @param ratios estimates that are not negative
   */
  public static Optional<Farthest> ratio(List<? extends Estimate> ratios, double alpha) {
    return ratios.isEmpty()
        ? Optional.empty()
        : Optional.of(of(ratios, alpha, Math::log, d -> Math.exp(-d)));
  }

  /** Works with |log r|, which grows with the distance, and turns the bounds back. */
  private static Farthest of(
      List<? extends Estimate> all,
      double alpha,
      DoubleUnaryOperator scale,
      DoubleUnaryOperator back) {
    double farthestSure = 0;
    for (Estimate each : all) {
      farthestSure = Math.max(farthestSure, near(each, CANDIDATE, scale));
    }
    int candidates = 0;
    for (Estimate each : all) {
      candidates += far(each, CANDIDATE, scale) >= farthestSure ? 1 : 0;
    }
    double value = 0;
    double near = 0;
    double far = 0;
    for (Estimate each : all) {
      value = Math.max(value, Math.abs(scale.applyAsDouble(each.value())));
      if (far(each, CANDIDATE, scale) >= farthestSure) {
        near = Math.max(near, near(each, alpha / (2 * candidates), scale));
        far = Math.max(far, far(each, alpha / 2, scale));
      }
    }
    double a = back.applyAsDouble(near);
    double b = back.applyAsDouble(Math.max(far, value));
    return new Farthest(back.applyAsDouble(value), Math.min(a, b), Math.max(a, b));
  }

  private static double near(Estimate each, double alpha, DoubleUnaryOperator scale) {
    return Math.max(
        0,
        Math.max(scale.applyAsDouble(each.lower(alpha)), -scale.applyAsDouble(each.upper(alpha))));
  }

  private static double far(Estimate each, double alpha, DoubleUnaryOperator scale) {
    return Math.max(
        scale.applyAsDouble(each.upper(alpha)), -scale.applyAsDouble(each.lower(alpha)));
  }
}
