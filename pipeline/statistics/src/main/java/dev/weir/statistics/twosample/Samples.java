package dev.weir.statistics.twosample;

import java.util.Arrays;

/** Samples and histograms as the tests of this package need them. */
final class Samples {
  private Samples() {}

  /** Returns a sorted copy, with −0 as 0; refuses an empty or not finite sample. */
  static double[] sorted(String name, double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    double[] sorted = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(name + " must be finite, was " + values[i] + " at " + i);
      }
      sorted[i] = values[i] + 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns the shares of each bin; refuses what {@link #total} refuses. */
  static double[] shares(String name, long[] counts) {
    double total = total(name, counts);
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = counts[i] / total;
    }
    return shares;
  }

  /** Returns the sum of the counts; refuses negative counts and an empty histogram. */
  static double total(String name, long[] counts) {
    long total = 0;
    for (long count : counts) {
      if (count < 0) {
        throw new IllegalArgumentException(name + " must be >= 0 everywhere, was " + count);
      }
      total += count;
    }
    if (total == 0) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return total;
  }

  static void requireSameBins(long[] reference, long[] current) {
    if (reference.length != current.length) {
      throw new IllegalArgumentException(
          "need the same bins, was " + reference.length + " and " + current.length);
    }
  }
}
