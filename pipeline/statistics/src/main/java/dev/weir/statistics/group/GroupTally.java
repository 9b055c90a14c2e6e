package dev.weir.statistics.group;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.MonotoneEstimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured of the groups of one attribute, from a few passes over the rows.
 *
 * <p>Time O(n), memory O(groups), beside the table. Sums run in the table's order. Metrics of
 * decisions and of labels alone leave out rows without a label; {@code count}, {@code
 * selection_rate} and {@code mean_score} count them.
 */
public final class GroupTally implements Tally {
  /** Expected calibration error in ten bins of equal width. */
  public static final String CALIBRATION_ERROR = "ece";

  private static final List<ScoreMetric> OF_LABELLED =
      List.of(ScoreMetric.BRIER, ScoreMetric.LOG_LOSS, ScoreMetric.CALIBRATION_GAP);

  private final OutcomeSums outcomes;
  private final Map<ScoreMetric, MomentSums> moments = new LinkedHashMap<>();
  private final @Nullable RankSums ranks;
  private final @Nullable BinSums bins;
  private final @Nullable ScoreExtremes extremes;
  private final OutcomeSums otherOutcomes;
  private final Map<ScoreMetric, MomentSums> otherMoments = new LinkedHashMap<>();

  private GroupTally(Predictions rows, int[] codes, int groups) {
    outcomes = outcomes(rows, codes, groups);
    ranks = rows.hasScores() ? RankSums.of(rows, codes, groups) : null;
    if (rows.hasScores()) {
      moments.put(ScoreMetric.MEAN_SCORE, scores(rows, codes, groups));
    }
    if (rows.hasProbabilities()) {
      for (ScoreMetric metric : OF_LABELLED) {
        moments.put(metric, losses(metric, rows, codes, groups));
      }
      bins = bins(rows, codes, groups);
    } else {
      bins = null;
    }
    boolean isUnlabelled = IntStream.range(0, groups).anyMatch(g -> outcomes.unlabelled(g) > 0);
    extremes =
        isUnlabelled && rows.hasProbabilities() ? ScoreExtremes.of(rows, codes, groups) : null;
    otherOutcomes = outcomes.others();
    moments.forEach((metric, sums) -> otherMoments.put(metric, sums.others()));
  }

  /**
   * Returns the tally of one attribute.
   *
   * @param rows the table
   * @param codes the group of each row, in the table's order ({@link Predictions#inOrder}), each in
   *     [0, groups)
   * @param groups the number of groups, those without rows too
   */
  public static GroupTally of(Predictions rows, int[] codes, int groups) {
    if (codes.length != rows.rows()) {
      throw new IllegalArgumentException(
          "need as many codes as rows, was " + codes.length + " for " + rows.rows());
    }
    return new GroupTally(rows, codes, groups);
  }

  private static OutcomeSums outcomes(Predictions rows, int[] codes, int groups) {
    OutcomeSums sums = new OutcomeSums(groups);
    for (int i = 0; i < codes.length; i++) {
      sums.add(codes[i], rows.outcome(i), rows.weight(i));
    }
    return sums;
  }

  private static MomentSums scores(Predictions rows, int[] codes, int groups) {
    MomentSums sums = new MomentSums(groups);
    for (int i = 0; i < codes.length; i++) {
      sums.add(codes[i], rows.score(i), rows.weight(i));
    }
    return sums;
  }

  private static MomentSums losses(ScoreMetric metric, Predictions rows, int[] codes, int groups) {
    MomentSums sums = new MomentSums(groups);
    for (int i = 0; i < codes.length; i++) {
      int outcome = rows.outcome(i);
      if (Outcome.isLabelled(outcome)) {
        sums.add(codes[i], metric.ofRow(rows.score(i), Outcome.label(outcome)), rows.weight(i));
      }
    }
    return sums;
  }

  private static BinSums bins(Predictions rows, int[] codes, int groups) {
    BinSums sums = new BinSums(groups);
    for (int i = 0; i < codes.length; i++) {
      int outcome = rows.outcome(i);
      if (Outcome.isLabelled(outcome)) {
        sums.add(codes[i], rows.score(i), Outcome.label(outcome), rows.weight(i));
      }
    }
    return sums;
  }

  /**
   * Returns all metrics of a group by their ids, in a fixed order; empty where undefined. A metric
   * that the table cannot give (of scores, where there are none) is not in the map.
   */
  @Override
  public Map<String, Optional<Estimate>> metrics(int group) {
    Map<String, Optional<Estimate>> all = new LinkedHashMap<>();
    for (DecisionMetric metric : DecisionMetric.values()) {
      all.put(metric.id(), outcomes.estimate(metric, group));
    }
    all.put(ScoreMetric.BASE_RATE.id(), outcomes.baseRate(group));
    if (ranks != null) {
      all.put(ScoreMetric.ROC_AUC.id(), ranks.area(group));
    }
    moments.forEach((metric, sums) -> all.put(metric.id(), mean(metric, sums, group)));
    if (bins != null) {
      all.put(CALIBRATION_ERROR, bins.error(group));
    }
    return all;
  }

  /** The bounds of a mean stay where the mean itself must be. */
  private Optional<Estimate> mean(ScoreMetric metric, MomentSums sums, int group) {
    double least = metric == ScoreMetric.CALIBRATION_GAP ? -1 : 0;
    double most = metric == ScoreMetric.LOG_LOSS ? Double.POSITIVE_INFINITY : 1;
    return sums.mean(group)
        .map(
            mean ->
                bins == null
                    ? mean
                    : new MonotoneEstimate(mean, x -> Math.max(least, Math.min(most, x)), x -> 1));
  }

  /**
   * Returns a metric over all rows that are not in a group; empty where it is undefined, and for
   * metrics that are no mean over rows (the AUC, the calibration error, F1, balanced accuracy).
   */
  @Override
  public Optional<Others> others(String id, int group) {
    for (DecisionMetric metric : DecisionMetric.values()) {
      if (metric.id().equals(id)) {
        double own = outcomes.weight(metric, group);
        double other = otherOutcomes.weight(metric, group);
        return other > 0
            ? otherOutcomes.estimate(metric, group).map(e -> new Others(e, own / (own + other)))
            : Optional.empty();
      }
    }
    for (Map.Entry<ScoreMetric, MomentSums> each : otherMoments.entrySet()) {
      if (each.getKey().id().equals(id)) {
        return Others.of(moments.get(each.getKey()), each.getValue(), group);
      }
    }
    return Optional.empty();
  }

  /** Returns the confusion matrix of a group's labelled rows. */
  @Override
  public Confusion confusion(int group) {
    return outcomes.confusion(group);
  }

  /** Returns the number of rows of a group. */
  @Override
  public long rows(int group) {
    return outcomes.rows(group);
  }

  /** Returns the number of rows of a group that have no label. */
  @Override
  public long unlabelled(int group) {
    return outcomes.unlabelled(group);
  }

  /**
   * Returns the confusion matrix of a group if each of its unlabelled rows had been decided rightly
   * ({@code true}) or wrongly. Any labels that these rows may have make each rate lie between its
   * values at the two.
   *
   * @see <a href="https://www.jstor.org/stable/2006592">C. F. Manski, Nonparametric Bounds on
   *     Treatment Effects, 1990</a>
   */
  public Confusion extreme(int group, boolean isRight) {
    return outcomes.extreme(group, isRight);
  }

  /** Returns the reliability diagram of a group; empty when scores are no probabilities. */
  public Optional<Reliability> reliability(int group) {
    return Optional.ofNullable(bins).map(sums -> sums.reliability(group));
  }

  @Override
  public List<Confusion> extremes(int group) {
    return List.of(extreme(group, false), extreme(group, true));
  }

  @Override
  public Map<String, Interval> worstCase(int group) {
    Map<String, Interval> bounds = Tally.super.worstCase(group);
    if (extremes != null && unlabelled(group) > 0) {
      bounds.putAll(extremes.of(group));
    }
    return bounds;
  }

  @Override
  public List<Reliability.Bin> bins(int group) {
    return reliability(group).map(Reliability::bins).orElse(List.of());
  }
}
