package dev.weir.model.explain;

/**
 * The rows that a feature's absence is averaged over. Immutable.
 *
 * <p>A feature is absent when its value is replaced by that of a background row, and the output is
 * averaged over all of them: the interventional value function {@code v(S) = 1/B Σ_b f(x on S, b
 * elsewhere)}.
 *
 * @see <a href="https://proceedings.mlr.press/v108/janzing20a.html">D. Janzing et al., Feature
 *     relevance quantification in explainable AI: a causal problem, 2020</a>
 */
public final class Background {
  private final double[][] rows;

  private Background(double[][] rows) {
    this.rows = rows;
  }

  /**
   * Returns a background of these rows.
   *
   * @param rows shape [B, F], B and F ≥ 1
   * @throws IllegalArgumentException if there is no row, or the rows differ in width
   */
  public static Background of(double[][] rows) {
    if (rows.length == 0 || rows[0].length == 0) {
      throw new IllegalArgumentException("a background needs a row of at least one feature");
    }
    double[][] copy = new double[rows.length][];
    for (int b = 0; b < rows.length; b++) {
      if (rows[b].length != rows[0].length) {
        throw new IllegalArgumentException(
            "background row "
                + b
                + " must have "
                + rows[0].length
                + " values, has "
                + rows[b].length);
      }
      copy[b] = rows[b].clone();
    }
    return new Background(copy);
  }

  /** Returns a background of float32 rows, shape [B, F]. */
  public static Background of(float[][] rows) {
    double[][] wide = new double[rows.length][];
    for (int b = 0; b < rows.length; b++) {
      wide[b] = new double[rows[b].length];
      for (int j = 0; j < wide[b].length; j++) {
        wide[b][j] = rows[b][j];
      }
    }
    return of(wide);
  }

  /** Returns the number of rows, B. */
  public int size() {
    return rows.length;
  }

  /** Returns the number of features, F. */
  public int features() {
    return rows[0].length;
  }

  /** Returns one value. */
  public double value(int row, int feature) {
    return rows[row][feature];
  }

  /** Returns a copy of one row. */
  public double[] row(int index) {
    return rows[index].clone();
  }

  /** Returns a copy of the rows, shape [B, F]. */
  public double[][] rows() {
    double[][] copy = new double[rows.length][];
    for (int b = 0; b < copy.length; b++) {
      copy[b] = rows[b].clone();
    }
    return copy;
  }

  /** Returns a copy of one column, shape [B]. */
  public double[] column(int feature) {
    double[] column = new double[rows.length];
    for (int b = 0; b < column.length; b++) {
      column[b] = rows[b][feature];
    }
    return column;
  }

  /** Returns the mean output over the rows, shape [C]: the base value of an explanation. */
  public double[] meanOutput(Predictor predictor) {
    double[][] outputs = predictor.score(rows());
    double[] mean = new double[outputs[0].length];
    for (double[] output : outputs) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += output[c] / outputs.length;
      }
    }
    return mean;
  }

  /**
   * Checks that a row fits.
   *
   * @throws IllegalArgumentException if the row has another width than the background
   */
  public void requireWidth(double[] row) {
    if (row.length != features()) {
      throw new IllegalArgumentException(
          "a row must have " + features() + " values as the background has, has " + row.length);
    }
  }
}
