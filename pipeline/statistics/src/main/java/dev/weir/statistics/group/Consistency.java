package dev.weir.statistics.group;

import java.util.Arrays;

/**
 * Consistency, a measure of individual fairness: how alike those are treated who are alike, {@code
 * 1 − (1/n) Σ |ŷᵢ − mean of ŷ over the k nearest rows|}.
 *
 * <p>Nearest is by Euclidean distance in the features as they are given (scale them first, and
 * decide whether the protected attribute is among them). A row is among its own nearest, as in
 * AIF360 0.6.1; of rows equally far, the earlier counts. Brute force: O(n² F) time, O(n k) space.
 * Immutable.
 *
 * @see <a href="https://proceedings.mlr.press/v28/zemel13.html">R. Zemel et al., Learning Fair
 *     Representations, 2013</a>
 */
public final class Consistency {
  private final int[][] nearest;

  /**
   * Finds the nearest rows.
   *
   * @param features finite, shape [n, F], n ≥ k
   * @param k rows that count as near, the row itself among them, ≥ 2
   * @throws IllegalArgumentException if k is out of range or a feature is not finite
   */
  public Consistency(double[][] features, int k) {
    if (k < 2 || k > features.length) {
      throw new IllegalArgumentException(
          "k must be in [2, rows], was " + k + " of " + features.length + " rows");
    }
    for (int i = 0; i < features.length; i++) {
      if (!Arrays.stream(features[i]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException(
            "features must be finite: impute row " + i + " or leave it out");
      }
    }
    nearest = new int[features.length][];
    for (int i = 0; i < features.length; i++) {
      nearest[i] = nearest(features, i, k);
    }
  }

  /**
   * Returns the consistency of decisions, labels or scores in [0, 1]: a figure in [0, 1], 1 when
   * all neighbours have one outcome.
   *
   * @param outcomes one per row, shape [n]
   */
  public double of(double[] outcomes) {
    if (outcomes.length != nearest.length) {
      throw new IllegalArgumentException(
          "need an outcome per row, was " + outcomes.length + " of " + nearest.length);
    }
    double sum = 0;
    for (int i = 0; i < nearest.length; i++) {
      double mean = 0;
      for (int j : nearest[i]) {
        mean += outcomes[j];
      }
      sum += Math.abs(outcomes[i] - mean / nearest[i].length);
    }
    return 1 - sum / nearest.length;
  }

  private static int[] nearest(double[][] features, int row, int k) {
    int[] found = new int[k];
    double[] distances = new double[k];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int j = 0; j < features.length; j++) {
      double distance = squaredDistance(features[row], features[j], distances[k - 1]);
      if (distance < distances[k - 1]) {
        int at = k - 1;
        while (at > 0 && distance < distances[at - 1]) {
          distances[at] = distances[at - 1];
          found[at] = found[at - 1];
          at--;
        }
        distances[at] = distance;
        found[at] = j;
      }
    }
    return found;
  }

  /** Stops adding where the sum has reached {@code limit}. */
  private static double squaredDistance(double[] a, double[] b, double limit) {
    double sum = 0;
    for (int f = 0; f < a.length && sum < limit; f++) {
      sum += (a[f] - b[f]) * (a[f] - b[f]);
    }
    return sum;
  }
}
