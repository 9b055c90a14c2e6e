package dev.weir.auditor.evidence;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws the rows that a costly question is asked of: without replacement, each with the same
 * chance, the same ones for the same seed.
 */
public final class RowSample {
  private RowSample() {}

  /**
   * Returns the chosen rows' numbers, ascending; all of them where there are no more than wanted.
   *
   * @param count how many rows there are
   * @param most how many are wanted at most
   */
  public static int[] of(int count, int most, long seed) {
    int[] rows = IntStream.range(0, count).toArray();
    if (count <= most) {
      return rows;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < most; i++) {
      int j = random.nextInt(i, count);
      int swapped = rows[i];
      rows[i] = rows[j];
      rows[j] = swapped;
    }
    int[] chosen = Arrays.copyOf(rows, most);
    Arrays.sort(chosen);
    return chosen;
  }
}
