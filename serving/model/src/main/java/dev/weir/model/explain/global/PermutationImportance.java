package dev.weir.model.explain.global;

import dev.weir.model.explain.Scorer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Permutation importance: how much the Brier score rises when one feature's column is shuffled.
 *
 * <p>{@code importanceⱼ = 1/R Σᵣ (Brier(rows with column j permuted) − Brier(rows))}, the Brier
 * score being {@code 1/N Σ (pᵢ − yᵢ)²}. The standard error is that of the mean over the R
 * permutations: it covers the shuffling, not the sampling of the rows. Correlated features share,
 * and so hide, their importance. Each feature and repeat has its own random stream, so a result
 * does not depend on the other features. Costs {@code F·R + 1} scorings.
 *
 * @see <a href="https://doi.org/10.1023/A:1010933404324">L. Breiman, Random Forests, 2001, §10</a>
 */
public final class PermutationImportance {
  private PermutationImportance() {}

  /**
   * The importance of one feature.
   *
   * @param feature its position in the row
   * @param meanIncrease mean rise of the Brier score, about 0 for a feature without use
   * @param standardError of that mean over the repeats
   */
  public record Importance(int feature, double meanIncrease, double standardError) {}

  /**
   * Returns the importance of every feature, in the order of the row.
   *
   * @param rows shape [N, F], N ≥ 1; not changed
   * @param labels 0 or 1 per row
   * @param repeats permutations per feature, ≥ 2
   * @throws IllegalArgumentException if the shapes do not agree
   */
  public static List<Importance> of(
      Scorer scorer, float[][] rows, double[] labels, int repeats, long seed) {
    if (rows.length == 0 || rows.length != labels.length || repeats < 2) {
      throw new IllegalArgumentException(
          "need rows, one label each and repeats >= 2, had rows="
              + rows.length
              + " labels="
              + labels.length
              + " repeats="
              + repeats);
    }
    double base = brier(scorer.score(rows), labels);
    List<Importance> importances = new ArrayList<>();
    for (int feature = 0; feature < rows[0].length; feature++) {
      double[] increases = new double[repeats];
      for (int repeat = 0; repeat < repeats; repeat++) {
        long stream = seed ^ ((((long) feature << 32) | repeat) * 0x9E3779B97F4A7C15L);
        float[][] permuted = permuted(rows, feature, new SplittableRandom(stream));
        increases[repeat] = brier(scorer.score(permuted), labels) - base;
      }
      importances.add(summary(feature, increases));
    }
    return List.copyOf(importances);
  }

  private static Importance summary(int feature, double[] increases) {
    double mean = 0;
    for (double increase : increases) {
      mean += increase / increases.length;
    }
    double squares = 0;
    for (double increase : increases) {
      squares += (increase - mean) * (increase - mean);
    }
    double variance = squares / (increases.length - 1);
    return new Importance(feature, mean, Math.sqrt(variance / increases.length));
  }

  /** Fisher–Yates on one column of a copy. */
  private static float[][] permuted(float[][] rows, int feature, SplittableRandom random) {
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
    }
    for (int i = copy.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      float swapped = copy[i][feature];
      copy[i][feature] = copy[j][feature];
      copy[j][feature] = swapped;
    }
    return copy;
  }

  private static double brier(double[] scores, double[] labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum += (scores[i] - labels[i]) * (scores[i] - labels[i]);
    }
    return sum / labels.length;
  }
}
