package dev.weir.statistics.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Groups whose every metric is known: a score takes one of ten values, a label follows it with a
 * probability of its own, and a score of at least one half is selected.
 */
final class SimulatedGroups {
  private static final int VALUES = 10;

  private final double[][] shares;
  private final double[] positive;

  /**
   * Creates groups.
   *
   * @param tilts how much each group's scores lean towards the high ones, 0 for evenly
   * @param isCalibrated whether a label comes as often as its score says
   */
  SimulatedGroups(double[] tilts, boolean isCalibrated) {
    shares = new double[tilts.length][VALUES];
    positive = new double[VALUES];
    for (int v = 0; v < VALUES; v++) {
      positive[v] = isCalibrated ? score(v) : 0.25 + 0.5 * score(v);
    }
    for (int g = 0; g < tilts.length; g++) {
      double sum = 0;
      for (int v = 0; v < VALUES; v++) {
        shares[g][v] = Math.exp(tilts[g] * score(v));
        sum += shares[g][v];
      }
      for (int v = 0; v < VALUES; v++) {
        shares[g][v] /= sum;
      }
    }
  }

  private static double score(int value) {
    return (value + 0.5) / VALUES;
  }

  int count() {
    return shares.length;
  }

  /** Returns a sample of {@code perGroup} rows of each group. */
  GroupTally sample(int perGroup, SplittableRandom random, boolean isWeighted) {
    int n = perGroup * shares.length;
    byte[] labels = new byte[n];
    byte[] decisions = new byte[n];
    double[] scores = new double[n];
    double[] weights = new double[n];
    int[] codes = new int[n];
    for (int i = 0; i < n; i++) {
      codes[i] = i % shares.length;
      int value = pick(shares[codes[i]], random.nextDouble());
      scores[i] = score(value);
      labels[i] = (byte) (random.nextDouble() < positive[value] ? 1 : 0);
      decisions[i] = (byte) (scores[i] >= 0.5 ? 1 : 0);
      weights[i] = isWeighted ? random.nextDouble(0.5, 2) : 1;
    }
    Predictions rows = Predictions.of(labels, decisions, scores, weights);
    return GroupTally.of(rows, rows.inOrder(codes), shares.length);
  }

  private static int pick(double[] shares, double u) {
    double sum = 0;
    for (int v = 0; v < VALUES - 1; v++) {
      sum += shares[v];
      if (u < sum) {
        return v;
      }
    }
    return VALUES - 1;
  }

  /** Returns the true value of each metric in each group. */
  List<Map<String, Double>> truth() {
    List<Map<String, Double>> all = new ArrayList<>();
    for (double[] group : shares) {
      all.add(truth(group));
    }
    return all;
  }

  private Map<String, Double> truth(double[] group) {
    double[] scores = new double[2 * VALUES];
    double[] labels = new double[2 * VALUES];
    double[] weights = new double[2 * VALUES];
    Confusion confusion = Confusion.EMPTY;
    for (int v = 0; v < VALUES; v++) {
      double of1 = group[v] * positive[v];
      double of0 = group[v] - of1;
      scores[2 * v] = score(v);
      scores[2 * v + 1] = score(v);
      labels[2 * v] = 1;
      weights[2 * v] = of1;
      weights[2 * v + 1] = of0;
      boolean isSelected = score(v) >= 0.5;
      confusion =
          confusion.plus(
              isSelected ? new Confusion(of1, of0, 0, 0, 1) : new Confusion(0, 0, of0, of1, 1));
    }
    WeightedScores all = new WeightedScores(scores, labels, weights);
    Map<String, Double> truth = new HashMap<>();
    for (DecisionMetric metric : DecisionMetric.values()) {
      put(truth, metric.id(), metric.of(confusion));
    }
    for (ScoreMetric metric : ScoreMetric.values()) {
      put(truth, metric.id(), metric.of(all));
    }
    put(truth, GroupTally.CALIBRATION_ERROR, Reliability.of(all, VALUES).expectedError());
    truth.remove(DecisionMetric.COUNT.id());
    return truth;
  }

  private static void put(Map<String, Double> truth, String id, OptionalDouble value) {
    value.ifPresent(v -> truth.put(id, v));
  }
}
