package dev.weir.auditor.robustness;

/** Copies of rows with one column changed. */
final class Columns {
  private Columns() {}

  /** Returns a copy of the rows, shape [N, F], with one value in the column. */
  static float[][] replaced(float[][] rows, int feature, float value) {
    float[][] copy = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      copy[i] = rows[i].clone();
      copy[i][feature] = value;
    }
    return copy;
  }
}
