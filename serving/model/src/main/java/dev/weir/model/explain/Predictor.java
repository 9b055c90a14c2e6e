package dev.weir.model.explain;

/**
 * A model seen from outside, in double precision: rows [N, F] to outputs [N, C].
 *
 * <p>Explanations ask for many rows at a time. What a predictor rounds (a float32 graph rounds its
 * input and output), the explanations of it are rounded by too.
 */
@FunctionalInterface
public interface Predictor {
  /**
   * Returns the outputs of each row, shape [N, C]; must not keep or change the rows.
   *
   * @param rows shape [N, F]; NaN is a missing value
   */
  double[][] score(double[][] rows);

  /** Returns the outputs of one row, shape [C]. */
  default double[] score(double[] row) {
    return score(new double[][] {row})[0];
  }

  /** Returns a predictor with one output, which rounds the rows to float32 for {@code scorer}. */
  static Predictor of(Scorer scorer) {
    return rows -> {
      double[] scores = scorer.score(FloatRows.of(rows));
      double[][] outputs = new double[scores.length][];
      for (int i = 0; i < scores.length; i++) {
        outputs[i] = new double[] {scores[i]};
      }
      return outputs;
    };
  }
}
