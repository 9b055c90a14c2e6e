package dev.weir.trainer.dataset;

import dev.weir.model.table.NumericTable;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The training rows that explanations of a model average over: a simple random sample without
 * replacement, in the order of the training rows.
 *
 * @see <a href="https://doi.org/10.1145/3147.3165">J. Vitter, Random sampling with a reservoir,
 *     1985, algorithm R</a>
 */
public final class BackgroundRows {
  /** The most rows in a sample; where there are fewer, all of them. */
  static final int MOST = 100;

  private BackgroundRows() {}

  /**
   * Returns the sample as CSV with a header; the same rows and seed give the same bytes.
   *
   * @param names of the features
   * @param features of the training rows, shape [N, F]
   */
  public static byte[] csv(List<String> names, float[][] features, long seed) {
    int[] chosen = reservoir(features.length, new SplittableRandom(seed));
    double[][] rows = new double[chosen.length][];
    for (int i = 0; i < rows.length; i++) {
      float[] row = features[chosen[i]];
      rows[i] = new double[row.length];
      for (int j = 0; j < row.length; j++) {
        rows[i][j] = row[j];
      }
    }
    return NumericTable.of(names, rows).toCsv();
  }

  private static int[] reservoir(int count, SplittableRandom random) {
    int[] chosen = new int[Math.min(MOST, count)];
    for (int i = 0; i < count; i++) {
      int place = i < chosen.length ? i : random.nextInt(i + 1);
      if (place < chosen.length) {
        chosen[place] = i;
      }
    }
    Arrays.sort(chosen);
    return chosen;
  }
}
