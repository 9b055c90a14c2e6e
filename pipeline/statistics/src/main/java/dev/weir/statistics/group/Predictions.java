package dev.weir.statistics.group;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A table of decisions, some or all with a label, perhaps with scores and sample weights: columns
 * of n rows, held in the order of the scores. Immutable.
 *
 * <p>Equal scores keep the order in which they came, so the same table gives the same bits.
 */
public final class Predictions {
  /** The label of a row whose outcome nobody saw. */
  public static final byte UNLABELLED = -1;

  private final byte[] outcomes;
  private final double @Nullable [] scores;
  private final double @Nullable [] weights;
  private final int @Nullable [] order;

  private Predictions(
      byte[] outcomes,
      double @Nullable [] scores,
      double @Nullable [] weights,
      int @Nullable [] order) {
    this.outcomes = outcomes;
    this.scores = scores;
    this.weights = weights;
    this.order = order;
  }

  /**
   * Returns the table.
   *
   * @param labels 0, 1 or {@link #UNLABELLED}, shape [n]
   * @param decisions 0 or 1, shape [n]
   * @param scores finite, shape [n]; null when there are none
   * @param weights finite and ≥ 0, shape [n]; null when every row weighs 1
   */
  public static Predictions of(
      byte[] labels, byte[] decisions, double @Nullable [] scores, double @Nullable [] weights) {
    int n = labels.length;
    requireLength("decisions", decisions.length, n);
    byte[] outcomes = new byte[n];
    for (int i = 0; i < n; i++) {
      outcomes[i] = Outcome.code(labels[i], decisions[i]);
    }
    if (weights != null) {
      requireLength("weights", weights.length, n);
    }
    if (scores == null) {
      return new Predictions(outcomes, null, weights == null ? null : weights.clone(), null);
    }
    requireLength("scores", scores.length, n);
    // Minus zero becomes zero, which sorting and searching would tell apart.
    double[] unsigned = Arrays.stream(scores).map(score -> score + 0.0).toArray();
    int[] order = order(unsigned);
    byte[] sorted = new byte[n];
    for (int i = 0; i < n; i++) {
      sorted[i] = outcomes[order[i]];
    }
    return new Predictions(
        sorted, permute(unsigned, order), weights == null ? null : permute(weights, order), order);
  }

  private static void requireLength(String what, int found, int n) {
    if (found != n) {
      throw new IllegalArgumentException("need as many " + what + " as labels, was " + found);
    }
  }

  /** Returns the stable order of the values, by a count of those below each; O(n log n). */
  private static int[] order(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int distinct = 0;
    int[] start = new int[sorted.length];
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct] = sorted[i];
        start[distinct++] = i;
      }
    }
    int[] order = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int rank = Arrays.binarySearch(sorted, 0, distinct, values[i]);
      order[start[rank]++] = i;
    }
    return order;
  }

  private static double[] permute(double[] values, int[] order) {
    double[] sorted = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      sorted[i] = values[order[i]];
    }
    return sorted;
  }

  /** Returns the number of rows. */
  public int rows() {
    return outcomes.length;
  }

  /** Returns whether the rows have scores. */
  public boolean hasScores() {
    return scores != null;
  }

  /** Returns whether every score is a probability, in [0, 1]. */
  public boolean hasProbabilities() {
    return scores != null
        && (scores.length == 0 || (scores[0] >= 0 && scores[scores.length - 1] <= 1));
  }

  /**
   * Returns group codes, given row by row, in this table's order, as {@link GroupTally} wants them.
   *
   * @param codes shape [n]
   */
  public int[] inOrder(int[] codes) {
    requireLength("codes", codes.length, rows());
    if (order == null) {
      return codes.clone();
    }
    int[] sorted = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      sorted[i] = codes[order[i]];
    }
    return sorted;
  }

  int outcome(int i) {
    return outcomes[i];
  }

  double score(int i) {
    return scores == null ? Double.NaN : scores[i];
  }

  double weight(int i) {
    return weights == null ? 1 : weights[i];
  }
}
