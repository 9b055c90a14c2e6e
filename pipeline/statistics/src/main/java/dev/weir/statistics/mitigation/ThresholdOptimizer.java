package dev.weir.statistics.mitigation;

import dev.weir.statistics.mitigation.OperatingCurve.Mix;
import dev.weir.statistics.mitigation.OperatingCurve.Rate;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds thresholds by group after training, so that a rate is alike in all groups and the accuracy
 * as high as it can be. Each group's operating points are the corners of a convex hull; each common
 * value of the rate on a grid of 1,001 gives each group's best mixture of two thresholds; the value
 * with the highest accuracy wins, the lowest of equals. The same rule as Fairlearn 0.12's {@code
 * ThresholdOptimizer} with its defaults (grid of 1000, accuracy, no flips).
 *
 * <p>For equalized odds x is the false and y the true positive rate; all groups come down to the
 * lowest curve by ignoring the score of some rows.
 *
 * @see <a href="https://arxiv.org/abs/1610.02413">M. Hardt et al., Equality of Opportunity in
 *     Supervised Learning, 2016</a>
 */
public final class ThresholdOptimizer {
  private static final int GRID = 1000;

  private static final Rate SELECTION = (all, tp, fp) -> (double) (tp + fp) / all.rows();
  private static final Rate TRUE_POSITIVE = (all, tp, fp) -> (double) tp / all.positives();
  private static final Rate FALSE_POSITIVE = (all, tp, fp) -> (double) fp / all.negatives();
  private static final Rate ACCURACY =
      (all, tp, fp) -> (double) (tp + all.negatives() - fp) / all.rows();

  private record Curve(int rows, List<Mix> mixes) {}

  private final Parity parity;
  private final GroupRows rows;
  private final double[] scores;
  private final double[] grid =
      IntStream.rangeClosed(0, GRID).mapToDouble(i -> (double) i / GRID).toArray();

  private ThresholdOptimizer(Parity parity, GroupRows rows, double[] scores) {
    this.parity = parity;
    this.rows = rows;
    this.scores = scores;
  }

  /**
   * Returns the best rule.
   *
   * @param parity what is to be alike
   * @param scores finite, shape [n]
   * @param labels each 0 or 1, shape [n]; each group needs both
   * @param groups the group of each row, shape [n]
   * @throws IllegalArgumentException if a group has one class only, with the group's name
   */
  public static GroupThresholds fit(
      Parity parity, double[] scores, double[] labels, List<String> groups) {
    GroupRows rows = new GroupRows(groups, labels);
    if (scores.length != labels.length || !Arrays.stream(scores).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "need a finite score for each of " + labels.length + " rows");
    }
    return new ThresholdOptimizer(parity, rows, scores.clone()).fit();
  }

  private GroupThresholds fit() {
    SortedMap<String, Curve> curves = new TreeMap<>();
    rows.byGroup().forEach((group, members) -> curves.put(group, curve(group, members)));
    return parity == Parity.EQUALIZED_ODDS ? equalizedOdds(curves) : oneRate(curves);
  }

  private Curve curve(String group, int[] members) {
    int[] labels = Arrays.stream(members).map(rows::label).toArray();
    int positives = Arrays.stream(labels).sum();
    if (positives == 0 || positives == labels.length) {
      throw new IllegalArgumentException(
          "group " + group + " has rows of one class only: leave it out or join it to another");
    }
    Rate y = parity == Parity.EQUALIZED_ODDS ? TRUE_POSITIVE : ACCURACY;
    double[] ofGroup = Arrays.stream(members).mapToDouble(i -> scores[i]).toArray();
    return new Curve(members.length, OperatingCurve.of(ofGroup, labels, xRate(), y).at(grid));
  }

  private Rate xRate() {
    switch (parity) {
      case DEMOGRAPHIC_PARITY:
        return SELECTION;
      case TRUE_POSITIVE_RATE_PARITY:
        return TRUE_POSITIVE;
      default:
        return FALSE_POSITIVE;
    }
  }

  private GroupThresholds oneRate(SortedMap<String, Curve> curves) {
    double[] accuracy = new double[grid.length];
    for (Curve curve : curves.values()) {
      for (int i = 0; i < accuracy.length; i++) {
        accuracy[i] += (double) curve.rows() / rows.size() * curve.mixes().get(i).y();
      }
    }
    int best = highest(accuracy);
    SortedMap<String, GroupThresholds.Rule> rules = new TreeMap<>();
    curves.forEach((group, curve) -> rules.put(group, rule(0, 0, curve.mixes().get(best))));
    return new GroupThresholds(rules);
  }

  private GroupThresholds equalizedOdds(SortedMap<String, Curve> curves) {
    double positives = IntStream.range(0, rows.size()).map(rows::label).sum();
    double negatives = rows.size() - positives;
    double[] lowest = new double[grid.length];
    double[] accuracy = new double[grid.length];
    for (int i = 0; i < grid.length; i++) {
      int at = i;
      lowest[i] =
          curves.values().stream().mapToDouble(curve -> curve.mixes().get(at).y()).min().orElse(0);
      accuracy[i] = (positives * lowest[i] + negatives * (1 - grid[i])) / rows.size();
    }
    int best = highest(accuracy);
    double x = grid[best];
    SortedMap<String, GroupThresholds.Rule> rules = new TreeMap<>();
    curves.forEach(
        (group, curve) -> {
          Mix mix = curve.mixes().get(best);
          double pIgnore = mix.y() == x ? 0 : (mix.y() - lowest[best]) / (mix.y() - x);
          rules.put(group, rule(pIgnore, x, mix));
        });
    return new GroupThresholds(rules);
  }

  private static GroupThresholds.Rule rule(double pIgnore, double constant, Mix mix) {
    return new GroupThresholds.Rule(
        pIgnore,
        constant,
        mix.p0(),
        mix.first().threshold(),
        1 - mix.p0(),
        mix.second().threshold());
  }

  private static int highest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }
}
