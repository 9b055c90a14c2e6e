package dev.weir.statistics.group;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How far a metric lies apart between groups, by Fairlearn's definitions over the groups in which
 * it is defined. With fewer than two of them, everything between groups is empty: one group alone
 * differs from nobody.
 *
 * @param defined groups in which the metric is defined
 * @param undefined groups in which it is not; they are not silently fair
 * @param minimum the smallest value
 * @param maximum the largest value
 * @param differenceBetweenGroups maximum − minimum
 * @param differenceToOverall the largest |group − overall|
 * @param ratioBetweenGroups minimum / maximum; empty when both are 0
 * @param ratioToOverall the smallest of group / overall and overall / group
 */
public record Disparity(
    int defined,
    int undefined,
    OptionalDouble minimum,
    OptionalDouble maximum,
    OptionalDouble differenceBetweenGroups,
    OptionalDouble differenceToOverall,
    OptionalDouble ratioBetweenGroups,
    OptionalDouble ratioToOverall) {

  /**
   * Returns the disparity of one metric.
   *
   * @param groups its value in each group, at least one group
   * @param overall its value over all rows
   */
  public static Disparity of(Collection<OptionalDouble> groups, OptionalDouble overall) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("need at least one group");
    }
    List<Double> values =
        groups.stream().filter(OptionalDouble::isPresent).map(OptionalDouble::getAsDouble).toList();
    OptionalDouble minimum = values.stream().mapToDouble(v -> v).min();
    OptionalDouble maximum = values.stream().mapToDouble(v -> v).max();
    boolean isCompared = values.size() > 1;
    boolean hasOverall = isCompared && overall.isPresent();
    return new Disparity(
        values.size(),
        groups.size() - values.size(),
        minimum,
        maximum,
        isCompared
            ? OptionalDouble.of(maximum.getAsDouble() - minimum.getAsDouble())
            : OptionalDouble.empty(),
        hasOverall
            ? values.stream().mapToDouble(v -> Math.abs(v - overall.getAsDouble())).max()
            : OptionalDouble.empty(),
        isCompared ? ratio(minimum.getAsDouble(), maximum.getAsDouble()) : OptionalDouble.empty(),
        hasOverall ? ratioToOverall(values, overall.getAsDouble()) : OptionalDouble.empty());
  }

  private static OptionalDouble ratioToOverall(List<Double> values, double overall) {
    return values.stream()
        .map(v -> ratio(Math.min(v, overall), Math.max(v, overall)))
        .flatMapToDouble(OptionalDouble::stream)
        .min();
  }

  private static OptionalDouble ratio(double smaller, double larger) {
    return larger == 0 ? OptionalDouble.empty() : OptionalDouble.of(smaller / larger);
  }

  /** Returns the larger of two, for example of TPR and FPR differences: equalized odds. */
  public static OptionalDouble larger(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of(Math.max(a.getAsDouble(), b.getAsDouble()))
        : OptionalDouble.empty();
  }

  /** Returns the smaller of two, for example of TPR and FPR ratios: the equalized odds ratio. */
  public static OptionalDouble smaller(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of(Math.min(a.getAsDouble(), b.getAsDouble()))
        : OptionalDouble.empty();
  }
}
