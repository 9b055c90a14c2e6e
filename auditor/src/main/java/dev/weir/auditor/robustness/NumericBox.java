package dev.weir.auditor.robustness;

import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.feature.FeatureLayout.Column;
import java.util.List;

/**
 * How far each number among the features may move: a multiple of its standard deviation, and never
 * out of the range in which it was observed and which its meaning allows. Categories, missing
 * values and numbers that never vary do not move.
 */
final class NumericBox {
  private final double[] deviations;
  private final float[] least;
  private final float[] most;

  private NumericBox(int width) {
    deviations = new double[width];
    least = new float[width];
    most = new float[width];
  }

  /** Returns the box of what these rows show; a category's deviation is 0. */
  static NumericBox of(FeatureLayout layout, float[][] rows) {
    List<Column> columns = layout.columns();
    NumericBox box = new NumericBox(columns.size());
    for (int j = 0; j < columns.size(); j++) {
      box.observe(j, rows, columns.get(j));
    }
    return box;
  }

  private void observe(int feature, float[][] rows, Column column) {
    double sum = 0;
    double squares = 0;
    long n = 0;
    least[feature] = Float.POSITIVE_INFINITY;
    most[feature] = Float.NEGATIVE_INFINITY;
    for (float[] row : rows) {
      float value = row[feature];
      if (!Float.isNaN(value)) {
        n++;
        double before = value - sum / Math.max(1, n - 1);
        sum += value;
        squares += n == 1 ? 0 : before * (value - sum / n);
        least[feature] = Math.min(least[feature], value);
        most[feature] = Math.max(most[feature], value);
      }
    }
    deviations[feature] = column.isCategory() || n < 2 ? 0 : Math.sqrt(squares / (n - 1));
  }

  boolean hasMovableFeature() {
    for (double deviation : deviations) {
      if (deviation > 0) {
        return true;
      }
    }
    return false;
  }

  int width() {
    return deviations.length;
  }

  boolean isMovable(int feature) {
    return deviations[feature] > 0;
  }

  /** Returns the observed standard deviation (n − 1) of a number; 0 for what does not move. */
  double deviation(int feature) {
    return deviations[feature];
  }

  float least(int feature) {
    return least[feature];
  }

  float most(int feature) {
    return most[feature];
  }

  /**
   * Returns copies of points whose numbers are moved, each by a share of its reach, the radius
   * times its standard deviation, and back into the box around the row that it belongs to.
   *
   * @param radius in standard deviations
   * @param share the signed share of the reach by row and feature
   */
  float[][] moved(float[][] points, float[][] rows, double radius, Share share) {
    float[][] moved = new float[points.length][];
    for (int i = 0; i < points.length; i++) {
      moved[i] = points[i].clone();
      for (int j = 0; j < width(); j++) {
        double of = share.of(i, j);
        if (isMovable(j) && !Float.isNaN(rows[i][j])) {
          double reach = radius * deviation(j);
          moved[i][j] = moved(j, points[i][j], of * reach, rows[i][j], reach);
        }
      }
    }
    return moved;
  }

  /** A share of the reach. */
  interface Share {
    double of(int row, int feature);
  }

  /** Returns {@code value} moved by {@code change}, inside the box around {@code centre}. */
  float moved(int feature, float value, double change, float centre, double radius) {
    double low = Math.max(least[feature], centre - radius);
    double high = Math.min(most[feature], centre + radius);
    return (float) Math.max(low, Math.min(high, value + change));
  }
}
