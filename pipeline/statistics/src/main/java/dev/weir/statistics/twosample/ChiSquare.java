package dev.weir.statistics.twosample;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Pearson's chi-square test of homogeneity of two histograms, no continuity correction, {@code χ² =
 * Σ (o − e)²/e} over both rows. Categories empty in both count for nothing.
 */
public final class ChiSquare {
  private ChiSquare() {}

  /**
   * Returns χ² and its p-value with (categories − 1) degrees of freedom; 0 and 1 when there is one
   * category only.
   *
   * @param reference counts per category, at least one &gt; 0
   * @param current counts per category, same categories
   */
  public static TestResult test(long[] reference, long[] current) {
    Samples.requireSameBins(reference, current);
    double n = Samples.total("reference", reference);
    double m = Samples.total("current", current);
    double statistic = 0;
    int categories = 0;
    for (int i = 0; i < reference.length; i++) {
      double both = (double) reference[i] + current[i];
      if (both > 0) {
        categories++;
        statistic += cell(reference[i], both * n / (n + m)) + cell(current[i], both * m / (n + m));
      }
    }
    double p =
        categories == 1
            ? 1
            : ChiSquaredDistribution.of(categories - 1.0).survivalProbability(statistic);
    return new TestResult(statistic, p);
  }

  private static double cell(double observed, double expected) {
    return (observed - expected) * (observed - expected) / expected;
  }
}
