package dev.weir.trainer.network;

import dev.weir.contracts.feature.FeatureLayout;
import java.util.List;

/**
 * Numbers imputed by their mean and standardized, shares centred, categories one-hot: from a row of
 * F positions to the network's input of D. Shares keep their unit: to divide a rate over a few
 * labels by its standard deviation makes its noise as loud as the rate over all. Code 0 (unseen)
 * and codes out of range give all zeros.
 */
public final class Preprocessing {
  private final List<FeatureLayout.Column> columns;
  private final float[] mean;
  private final float[] scale;
  private final int width;

  private Preprocessing(List<FeatureLayout.Column> columns, float[] mean, float[] scale) {
    this.columns = columns;
    this.mean = mean;
    this.scale = scale;
    int sum = 0;
    for (FeatureLayout.Column column : columns) {
      sum += column.isCategory() ? column.cardinality() : 1;
    }
    this.width = sum;
  }

  /**
   * Learns means and standard deviations, NaN left out.
   *
   * @param rows all rows, shape [N, F]
   * @param which the rows to learn from: not those that early stopping watches
   */
  public static Preprocessing fit(FeatureLayout layout, float[][] rows, int[] which) {
    int f = layout.columns().size();
    float[] mean = new float[f];
    float[] scale = new float[f];
    for (int j = 0; j < f; j++) {
      double sum = 0;
      double squares = 0;
      int n = 0;
      for (int i : which) {
        float[] row = rows[i];
        if (!Float.isNaN(row[j])) {
          sum += row[j];
          squares += (double) row[j] * row[j];
          n++;
        }
      }
      double m = n == 0 ? 0 : sum / n;
      double variance = n == 0 ? 0 : squares / n - m * m;
      mean[j] = (float) m;
      boolean hasUnit = layout.columns().get(j).isShare() || variance <= 1e-12;
      scale[j] = hasUnit ? 1 : (float) Math.pow(variance, -0.5);
    }
    return new Preprocessing(layout.columns(), mean, scale);
  }

  /** Returns the width D of the network's input. */
  public int width() {
    return width;
  }

  /** Returns the columns of a row. */
  public List<FeatureLayout.Column> columns() {
    return columns;
  }

  /** Returns the mean of a numeric column. */
  public float mean(int column) {
    return mean[column];
  }

  /** Returns the factor of a numeric column, 1 / standard deviation. */
  public float scale(int column) {
    return scale[column];
  }

  /** Returns rows as the network takes them, row after row, shape [N · D]. */
  float[] apply(float[][] rows, int[] which) {
    float[] flat = new float[which.length * width];
    for (int i = 0; i < which.length; i++) {
      apply(rows[which[i]], flat, i * width);
    }
    return flat;
  }

  private void apply(float[] row, float[] target, int from) {
    int at = from;
    for (int j = 0; j < row.length; j++) {
      FeatureLayout.Column column = columns.get(j);
      if (column.isCategory()) {
        int code = Math.round(row[j]);
        if (code >= 1 && code <= column.cardinality()) {
          target[at + code - 1] = 1;
        }
        at += column.cardinality();
      } else {
        target[at++] = Float.isNaN(row[j]) ? 0 : (row[j] - mean[j]) * scale[j];
      }
    }
  }
}
