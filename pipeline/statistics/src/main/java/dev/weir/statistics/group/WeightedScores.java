package dev.weir.statistics.group;

import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * Probabilities with labels and sample weights; immutable.
 *
 * <p>Sums run in row order, so the same rows in the same order give the same bits.
 */
public final class WeightedScores {
  private final double[] probabilities;
  private final double[] labels;
  private final double[] weights;

  /**
   * Creates a set.
   *
   * @param probabilities each in [0, 1], shape [n]
   * @param labels each 0 or 1, shape [n]
   * @param weights each finite and ≥ 0, shape [n]
   */
  public WeightedScores(double[] probabilities, double[] labels, double[] weights) {
    int n = probabilities.length;
    if (labels.length != n || weights.length != n) {
      throw new IllegalArgumentException(
          "need as many labels and weights as probabilities, was "
              + labels.length
              + ", "
              + weights.length
              + " and "
              + n);
    }
    for (int i = 0; i < n; i++) {
      requireRow(i, probabilities[i], labels[i], weights[i]);
    }
    this.probabilities = probabilities.clone();
    this.labels = labels.clone();
    this.weights = weights.clone();
  }

  private static void requireRow(int i, double probability, double label, double weight) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "probability must be in [0, 1], was " + probability + " at " + i);
    }
    if (label != 0 && label != 1) {
      throw new IllegalArgumentException("label must be 0 or 1, was " + label + " at " + i);
    }
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "weight must be finite and >= 0, was " + weight + " at " + i);
    }
  }

  /** Returns the number of rows. */
  public int rows() {
    return probabilities.length;
  }

  double probability(int i) {
    return probabilities[i];
  }

  double label(int i) {
    return labels[i];
  }

  double weight(int i) {
    return weights[i];
  }

  /** Returns the weighted mean of a function of (probability, label); empty without weight. */
  OptionalDouble mean(DoubleBinaryOperator of) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * of.applyAsDouble(probabilities[i], labels[i]);
      total += weights[i];
    }
    return Confusion.ratio(sum, total);
  }

  /** Returns the weighted AUC; empty when a class has no weight. O(n log n). */
  OptionalDouble auc() {
    int[] order =
        IntStream.range(0, rows())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> probabilities[i]))
            .mapToInt(i -> i)
            .toArray();
    double pairs = 0;
    double negativesBelow = 0;
    double positives = 0;
    int from = 0;
    while (from < order.length) {
      double tiedPositives = 0;
      double tiedNegatives = 0;
      int to = from;
      while (to < order.length && probabilities[order[to]] == probabilities[order[from]]) {
        double weight = weights[order[to]];
        tiedPositives += labels[order[to]] * weight;
        tiedNegatives += (1 - labels[order[to]]) * weight;
        to++;
      }
      pairs += tiedPositives * (negativesBelow + 0.5 * tiedNegatives);
      negativesBelow += tiedNegatives;
      positives += tiedPositives;
      from = to;
    }
    return Confusion.ratio(pairs, positives * negativesBelow);
  }
}
