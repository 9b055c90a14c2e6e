package dev.weir.statistics.prequential;

import java.util.Arrays;
import java.util.Comparator;

/**
 * How well decisions and probabilities met their labels; NaN is undefined.
 *
 * @param rows how many there are, ≥ 0
 * @param accuracy share of rows decided as labelled, in [0, 1]; undefined without rows
 * @param kappa Cohen's kappa {@code (p₀ − pₑ) / (1 − pₑ)} of decisions and labels, p₀ the accuracy
 *     and pₑ the agreement of two who draw from the same marginals, at most 1; undefined where pₑ =
 *     1
 * @param logLoss mean of {@code −ln p} of what happened, in nats, ≥ 0, p no less than 1e-15
 * @param brier mean of {@code (p − y)²}, in [0, 1]
 * @param auc area under the ROC curve, {@code P(p⁺ > p⁻) + ½ P(p⁺ = p⁻)}, in [0, 1]; undefined
 *     unless both labels occur
 * @see <a href="https://doi.org/10.1177/001316446002000104">J. Cohen, A Coefficient of Agreement
 *     for Nominal Scales, 1960</a>
 */
public record BinaryScores(
    int rows, double accuracy, double kappa, double logLoss, double brier, double auc) {
  /** Least probability that log-loss charges for, as scikit-learn's before 1.3. */
  private static final double LEAST = 1e-15;

  /**
   * Returns the scores of rows in any order; O(n log n).
   *
   * @param decisions whether each row is decided as 1, shape [n]
   * @param probabilities of 1, in [0, 1], same shape
   * @param labels 0 or 1, same shape
   */
  public static BinaryScores of(boolean[] decisions, double[] probabilities, double[] labels) {
    int n = labels.length;
    if (decisions.length != n || probabilities.length != n) {
      throw new IllegalArgumentException(
          "decisions, probabilities and labels must be as many, were "
              + decisions.length
              + ", "
              + probabilities.length
              + ", "
              + n);
    }
    double right = 0;
    double decidedOnes = 0;
    double ones = 0;
    double logLoss = 0;
    double brier = 0;
    for (int i = 0; i < n; i++) {
      right += decisions[i] == (labels[i] == 1) ? 1 : 0;
      decidedOnes += decisions[i] ? 1 : 0;
      ones += labels[i];
      double happened = labels[i] == 1 ? probabilities[i] : 1 - probabilities[i];
      logLoss -= Math.log(Math.max(LEAST, happened));
      brier += (probabilities[i] - labels[i]) * (probabilities[i] - labels[i]);
    }
    double chance = (decidedOnes * ones + (n - decidedOnes) * (n - ones)) / ((double) n * n);
    double accuracy = right / n;
    return new BinaryScores(
        n,
        accuracy,
        gain(accuracy, chance),
        logLoss / n,
        brier / n,
        auc(probabilities, labels, ones));
  }

  /**
   * Returns what part of a reference's errors are avoided, {@code (accuracy − reference) / (1 −
   * reference)}, at most 1: kappa-temporal where the reference is the accuracy of "no change".
   * Undefined (NaN) where the reference makes no error.
   */
  public static double gain(double accuracy, double reference) {
    return reference == 1 ? Double.NaN : (accuracy - reference) / (1 - reference);
  }

  private static double auc(double[] probabilities, double[] labels, double ones) {
    Integer[] order = new Integer[labels.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> probabilities[i]));
    double below = 0;
    double won = 0;
    int from = 0;
    while (from < order.length) {
      double value = probabilities[order[from]];
      double zerosHere = 0;
      double onesHere = 0;
      int to = from;
      while (to < order.length && probabilities[order[to]] == value) {
        onesHere += labels[order[to]];
        zerosHere += 1 - labels[order[to]];
        to++;
      }
      won += onesHere * (below + zerosHere / 2);
      below += zerosHere;
      from = to;
    }
    return won / (ones * (labels.length - ones));
  }
}
