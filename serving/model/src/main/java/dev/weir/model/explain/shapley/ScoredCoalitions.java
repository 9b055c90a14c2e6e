package dev.weir.model.explain.shapley;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.Predictor;
import java.util.function.LongPredicate;

/** The value function by scoring every coalition with every background row, in batches. */
final class ScoredCoalitions implements Coalitions {
  private static final int BATCH_ROWS = 4096;

  private final Predictor predictor;
  private final Background background;

  ScoredCoalitions(Predictor predictor, Background background) {
    this.predictor = predictor;
    this.background = background;
  }

  @Override
  public double[][] values(double[] row) {
    long[] all = new long[1 << background.features()];
    for (int mask = 0; mask < all.length; mask++) {
      all[mask] = mask;
    }
    return values(row, all);
  }

  /** Returns the value of each of these coalitions, shape [masks, C]. */
  double[][] values(double[] row, long[] masks) {
    double[][] values = new double[masks.length][];
    int perBatch = Math.max(1, BATCH_ROWS / background.size());
    for (int start = 0; start < masks.length; start += perBatch) {
      int size = Math.min(perBatch, masks.length - start);
      double[][] rows = new double[size * background.size()][];
      for (int i = 0; i < rows.length; i++) {
        long mask = masks[start + i / background.size()];
        rows[i] = mixed(row, i % background.size(), j -> (mask >> j & 1) == 1);
      }
      means(predictor.score(rows), size, values, start);
    }
    return values;
  }

  private double[] mixed(double[] row, int b, LongPredicate isPresent) {
    double[] mixed = background.row(b);
    for (int j = 0; j < mixed.length; j++) {
      mixed[j] = isPresent.test(j) ? row[j] : mixed[j];
    }
    return mixed;
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
