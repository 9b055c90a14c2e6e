package dev.weir.auditor.leakage;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Scores rows by one feature alone, so that its area under the ROC curve is what it tells of the
 * label without the others.
 *
 * <p>A row's score is the smoothed label mean {@code (Σ y + r) / (n + 1)} of the rows with the same
 * value, r the mean of all; values of a number fall into bins of equal counts, missing ones into a
 * bin of their own. So direction and shape do not matter. Each half of the rows, drawn within the
 * classes, is scored by the means of the other half: a feature that tells nothing has an expected
 * area of ½, however many values it has.
 */
final class FeatureAlone {
  private static final int MOST_BINS = 20;
  private static final int ROWS_PER_BIN = 20;

  private FeatureAlone() {}

  /**
   * Returns one score per row.
   *
   * @param values the feature's values, shape [n]; NaN is missing
   * @param labels 0 or 1, shape [n]
   * @param isCategory whether equal values are a category
   */
  static double[] scores(
      float[] values, double[] labels, boolean isCategory, SplittableRandom random) {
    int[] bins = isCategory ? categories(values) : quantileBins(values);
    boolean[] isSecond = halves(labels, random);
    double[] scores = new double[values.length];
    for (boolean half : new boolean[] {false, true}) {
      double[] means = means(bins, labels, isSecond, !half);
      for (int i = 0; i < scores.length; i++) {
        if (isSecond[i] == half) {
          scores[i] = means[bins[i]];
        }
      }
    }
    return scores;
  }

  private static double[] means(int[] bins, double[] labels, boolean[] isSecond, boolean half) {
    int count = Arrays.stream(bins).max().orElse(0) + 1;
    double[] sums = new double[count];
    long[] rows = new long[count];
    double sum = 0;
    long n = 0;
    for (int i = 0; i < labels.length; i++) {
      if (isSecond[i] == half) {
        sums[bins[i]] += labels[i];
        rows[bins[i]]++;
        sum += labels[i];
        n++;
      }
    }
    double rate = sum / Math.max(1, n);
    double[] means = new double[count];
    for (int bin = 0; bin < count; bin++) {
      means[bin] = (sums[bin] + rate) / (rows[bin] + 1);
    }
    return means;
  }

  /** Every other row of each class, in random order. */
  private static boolean[] halves(double[] labels, SplittableRandom random) {
    int[] order = new int[labels.length];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    boolean[] isSecond = new boolean[labels.length];
    boolean[] next = new boolean[2];
    for (int row : order) {
      int label = labels[row] == 1 ? 1 : 0;
      isSecond[row] = next[label];
      next[label] = !next[label];
    }
    return isSecond;
  }

  private static int[] categories(float[] values) {
    float[] distinct = sortedDistinct(values);
    return bins(values, distinct);
  }

  private static int[] quantileBins(float[] values) {
    float[] present = sorted(values);
    int count = Math.max(2, Math.min(MOST_BINS, present.length / ROWS_PER_BIN));
    float[] edges = new float[count];
    for (int bin = 0; bin < count; bin++) {
      edges[bin] = present.length == 0 ? 0 : present[(int) ((long) bin * present.length / count)];
    }
    return bins(values, sortedDistinct(edges));
  }

  /** Returns the number of the last edge that is not above each value; missing ones come last. */
  private static int[] bins(float[] values, float[] edges) {
    int[] bins = new int[values.length];
    for (int i = 0; i < bins.length; i++) {
      int found = Arrays.binarySearch(edges, values[i]);
      bins[i] =
          Float.isNaN(values[i]) ? edges.length : Math.max(0, found >= 0 ? found : -found - 2);
    }
    return bins;
  }

  private static float[] sorted(float[] values) {
    float[] present = new float[values.length];
    int n = 0;
    for (float value : values) {
      if (!Float.isNaN(value)) {
        present[n++] = value;
      }
    }
    float[] sorted = Arrays.copyOf(present, n);
    Arrays.sort(sorted);
    return sorted;
  }

  private static float[] sortedDistinct(float[] values) {
    float[] sorted = sorted(values);
    int n = 0;
    for (float value : sorted) {
      if (n == 0 || value != sorted[n - 1]) {
        sorted[n++] = value;
      }
    }
    return Arrays.copyOf(sorted, n);
  }
}
