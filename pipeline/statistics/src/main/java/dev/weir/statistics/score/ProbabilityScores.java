package dev.weir.statistics.score;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Point values of predicted probabilities against outcomes; empty where undefined, never 0.
 *
 * <p>Every method takes {@code probabilities} in [0, 1] and {@code outcomes}, each 0 or 1, of the
 * same shape [n], and throws {@link IllegalArgumentException} otherwise. Sums run in index order.
 */
public final class ProbabilityScores {
  /** scikit-learn's clip for doubles, so that one certain mistake does not cost infinity. */
  private static final double CLIP = Math.ulp(1.0);

  private ProbabilityScores() {}

  /**
   * Returns the Brier score, {@code Σ (pᵢ − yᵢ)² / n} in [0, 1]; empty without rows.
   *
   * @see <a href="https://doi.org/10.1175/1520-0493(1950)078%3C0001:VOFEIT%3E2.0.CO;2">G. Brier,
   *     Verification of Forecasts Expressed in Terms of Probability, 1950</a>
   */
  public static OptionalDouble brier(double[] probabilities, double[] outcomes) {
    require(probabilities, outcomes);
    double sum = 0;
    for (int i = 0; i < outcomes.length; i++) {
      double error = probabilities[i] - outcomes[i];
      sum += error * error;
    }
    return mean(sum, outcomes.length);
  }

  /**
   * Returns the log loss in nats, {@code −Σ ln P(yᵢ) / n}, with probabilities clipped to [ε, 1 −
   * ε], ε = 2⁻⁵² as in scikit-learn 1.3; empty without rows.
   */
  public static OptionalDouble logLoss(double[] probabilities, double[] outcomes) {
    require(probabilities, outcomes);
    double sum = 0;
    for (int i = 0; i < outcomes.length; i++) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, probabilities[i]));
      sum -= outcomes[i] == 1 ? Math.log(p) : Math.log1p(-p);
    }
    return mean(sum, outcomes.length);
  }

  /**
   * Returns the area under the ROC curve: the chance that a positive scores above a negative, ties
   * half; empty when a class is absent. O(n log n).
   */
  public static OptionalDouble auc(double[] probabilities, double[] outcomes) {
    require(probabilities, outcomes);
    double[] positives = sorted(probabilities, outcomes, 1);
    double[] negatives = sorted(probabilities, outcomes, 0);
    if (positives.length == 0 || negatives.length == 0) {
      return OptionalDouble.empty();
    }
    int below = 0;
    int notAbove = 0;
    double pairs = 0;
    for (double positive : positives) {
      while (below < negatives.length && negatives[below] < positive) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= positive) {
        notAbove++;
      }
      pairs += 0.5 * (below + notAbove);
    }
    return OptionalDouble.of(pairs / ((double) positives.length * negatives.length));
  }

  private static double[] sorted(double[] probabilities, double[] outcomes, double outcome) {
    double[] picked = new double[outcomes.length];
    int n = 0;
    for (int i = 0; i < outcomes.length; i++) {
      if (outcomes[i] == outcome) {
        picked[n++] = probabilities[i];
      }
    }
    double[] result = Arrays.copyOf(picked, n);
    Arrays.sort(result);
    return result;
  }

  private static OptionalDouble mean(double sum, int n) {
    return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / n);
  }

  private static void require(double[] probabilities, double[] outcomes) {
    if (probabilities.length != outcomes.length) {
      throw new IllegalArgumentException(
          "need as many probabilities as outcomes, was "
              + probabilities.length
              + " and "
              + outcomes.length);
    }
    for (int i = 0; i < outcomes.length; i++) {
      if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
        throw new IllegalArgumentException(
            "probability must be in [0, 1], was " + probabilities[i] + " at " + i);
      }
      if (outcomes[i] != 0 && outcomes[i] != 1) {
        throw new IllegalArgumentException(
            "outcome must be 0 or 1, was " + outcomes[i] + " at " + i);
      }
    }
  }
}
