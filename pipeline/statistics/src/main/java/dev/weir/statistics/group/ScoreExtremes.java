package dev.weir.statistics.group;

import dev.weir.statistics.interval.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/**
 * Between which ends the Brier score and the calibration gap of each group lie, whatever labels the
 * rows without one may have, each 0 or 1: every such row adds the least, or the most, that it can.
 */
final class ScoreExtremes {
  private static final List<ScoreMetric> METRICS =
      List.of(ScoreMetric.BRIER, ScoreMetric.CALIBRATION_GAP);

  private final Map<ScoreMetric, Ends> ends = new LinkedHashMap<>();

  private record Ends(MomentSums least, MomentSums most) {
    Optional<Interval> of(int group) {
      return least
          .mean(group)
          .flatMap(low -> most.mean(group).map(high -> new Interval(low.value(), high.value())));
    }
  }

  private ScoreExtremes() {}

  static ScoreExtremes of(Predictions rows, int[] codes, int groups) {
    ScoreExtremes extremes = new ScoreExtremes();
    for (ScoreMetric metric : METRICS) {
      extremes.ends.put(
          metric,
          new Ends(
              sums(metric, rows, codes, groups, Math::min),
              sums(metric, rows, codes, groups, Math::max)));
    }
    return extremes;
  }

  private static MomentSums sums(
      ScoreMetric metric, Predictions rows, int[] codes, int groups, DoubleBinaryOperator pick) {
    MomentSums sums = new MomentSums(groups);
    for (int i = 0; i < codes.length; i++) {
      int outcome = rows.outcome(i);
      double p = rows.score(i);
      double value =
          Outcome.isLabelled(outcome)
              ? metric.ofRow(p, Outcome.label(outcome))
              : pick.applyAsDouble(metric.ofRow(p, 0), metric.ofRow(p, 1));
      sums.add(codes[i], value, rows.weight(i));
    }
    return sums;
  }

  /** Returns the bounds by the metrics' ids; a group without weight has none. */
  Map<String, Interval> of(int group) {
    Map<String, Interval> bounds = new LinkedHashMap<>();
    ends.forEach((metric, each) -> each.of(group).ifPresent(i -> bounds.put(metric.id(), i)));
    return bounds;
  }
}
