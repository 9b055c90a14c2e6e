package dev.weir.trainer.job;

import dev.weir.contracts.feature.FeatureLayout.Column;
import java.util.List;

/**
 * Numbers are standardised, a missing one becomes the mean; categories become one-hot, code k at
 * position k - 1; code 0 and codes out of range become zeros. Numbers come first.
 */
record Preprocessing(int[] numbers, float[] means, float[] deviations, int[] codes, int[] sizes) {

  static Preprocessing fit(List<Column> columns, float[][] rows) {
    int[] numbers = positions(columns, false);
    int[] codes = positions(columns, true);
    float[] means = new float[numbers.length];
    float[] deviations = new float[numbers.length];
    for (int k = 0; k < numbers.length; k++) {
      double sum = 0;
      double squares = 0;
      long n = 0;
      for (float[] row : rows) {
        double x = row[numbers[k]];
        if (!Double.isNaN(x)) {
          n++;
          double delta = x - sum;
          sum += delta / n;
          squares += delta * (x - sum);
        }
      }
      double deviation = n == 0 ? 0 : Math.sqrt(squares / n);
      means[k] = (float) sum;
      deviations[k] = deviation > 1e-12 ? (float) deviation : 1f;
    }
    int[] sizes = new int[codes.length];
    for (int k = 0; k < codes.length; k++) {
      sizes[k] = columns.get(codes[k]).cardinality();
    }
    return new Preprocessing(numbers, means, deviations, codes, sizes);
  }

  private static int[] positions(List<Column> columns, boolean category) {
    return java.util.stream.IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).isCategory() == category)
        .toArray();
  }

  int width() {
    int width = numbers.length;
    for (int size : sizes) {
      width += size;
    }
    return width;
  }

  /** The given rows as one dense block, row by row. */
  float[] encode(float[][] rows, int[] which, int from, int to) {
    int width = width();
    float[] dense = new float[(to - from) * width];
    for (int i = from; i < to; i++) {
      float[] row = rows[which[i]];
      int at = (i - from) * width;
      for (int k = 0; k < numbers.length; k++) {
        float x = row[numbers[k]];
        dense[at++] = Float.isNaN(x) ? 0f : (x - means[k]) / deviations[k];
      }
      for (int k = 0; k < codes.length; k++) {
        float code = row[codes[k]];
        if (code >= 1 && code <= sizes[k] && code == (int) code) {
          dense[at + (int) code - 1] = 1f;
        }
        at += sizes[k];
      }
    }
    return dense;
  }
}
