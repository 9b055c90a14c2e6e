package dev.weir.model.explain;

/** Rows rounded to float32, the precision of a model's input. */
public final class FloatRows {
  private FloatRows() {}

  /** Returns the rows, each value rounded to the nearest float. */
  public static float[][] of(double[][] rows) {
    float[][] rounded = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      rounded[i] = new float[rows[i].length];
      for (int j = 0; j < rounded[i].length; j++) {
        rounded[i][j] = (float) rows[i][j];
      }
    }
    return rounded;
  }
}
