package dev.weir.contracts.reference;

import java.util.Arrays;
import java.util.List;

/**
 * Counts of values per bin of a distribution.
 *
 * @param counts values per bin
 * @param missing values in no bin
 */
record Tally(List<Long> counts, long missing) {
  static Tally of(Distribution bins, double[] values) {
    long[] counts = new long[bins.counts().size()];
    long missing = 0;
    for (double value : values) {
      int bin = bins.bin(value);
      if (bin < 0) {
        missing++;
      } else {
        counts[bin]++;
      }
    }
    return new Tally(Arrays.stream(counts).boxed().toList(), missing);
  }
}
