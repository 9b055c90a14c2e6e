package dev.weir.model.explain.shapley;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.Predictor;

/**
 * The value function {@code v(S) = 1/B Σ_b f(x on S, b elsewhere)} by scoring coalitions with every
 * background row, in batches. Thread-safe if the predictor is.
 */
public final class ScoredCoalitions implements Coalitions {
  private static final int BATCH_ROWS = 4096;

  private final Predictor predictor;
  private final Background background;

  /** Creates the value function of a model against a background. */
  public ScoredCoalitions(Predictor predictor, Background background) {
    this.predictor = predictor;
    this.background = background;
  }

  /** Which features are in which coalition. */
  @FunctionalInterface
  public interface Membership {
    /** Returns whether the coalition of this number has the feature. */
    boolean has(int coalition, int feature);
  }

  @Override
  public double[][] values(double[] row) {
    return values(row, 1 << background.features(), (mask, j) -> (mask >> j & 1) == 1);
  }

  /** Returns the value of each of {@code count} coalitions of a row, shape [count, C]. */
  public double[][] values(double[] row, int count, Membership membership) {
    double[][] values = new double[count][];
    int perBatch = Math.max(1, BATCH_ROWS / background.size());
    for (int start = 0; start < count; start += perBatch) {
      int size = Math.min(perBatch, count - start);
      double[][] rows = new double[size * background.size()][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = background.row(i % background.size());
        int coalition = start + i / background.size();
        for (int j = 0; j < row.length; j++) {
          rows[i][j] = membership.has(coalition, j) ? row[j] : rows[i][j];
        }
      }
      means(predictor.score(rows), size, values, start);
    }
    return values;
  }

  private void means(double[][] outputs, int size, double[][] values, int start) {
    int n = background.size();
    for (int i = 0; i < size; i++) {
      double[] mean = new double[outputs[0].length];
      for (int b = 0; b < n; b++) {
        for (int c = 0; c < mean.length; c++) {
          mean[c] += outputs[i * n + b][c];
        }
      }
      for (int c = 0; c < mean.length; c++) {
        mean[c] /= n;
      }
      values[start + i] = mean;
    }
  }
}
