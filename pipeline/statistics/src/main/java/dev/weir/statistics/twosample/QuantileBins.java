package dev.weir.statistics.twosample;

import java.util.Arrays;
import java.util.TreeSet;

/**
 * Bins cut at the inner quantiles of a reference sample, the rule under which this package's PSI is
 * meant when it says "reference quantiles".
 *
 * <p>Quantiles interpolate linearly (numpy's default). Equal edges count once, so a sample with
 * ties has fewer bins. A value equal to an edge falls below it; the outer bins are open.
 */
public final class QuantileBins {
  private final double[] edges;

  private QuantileBins(double[] edges) {
    this.edges = edges;
  }

  /**
   * Returns at most {@code bins} bins of equal mass in {@code reference}.
   *
   * @param reference finite values, at least one
   * @param bins ≥ 2
   */
  public static QuantileBins of(double[] reference, int bins) {
    return new QuantileBins(Arrays.stream(quantiles(reference, bins)).distinct().toArray());
  }

  /**
   * Returns the bins of {@link #of}, where a value that is several of the quantiles has a bin of
   * its own, so that values below it are told from it.
   *
   * @param reference finite values, at least one
   * @param bins ≥ 2
   */
  public static QuantileBins isolatingTies(double[] reference, int bins) {
    double[] quantiles = quantiles(reference, bins);
    TreeSet<Double> edges = new TreeSet<>();
    for (int i = 0; i < quantiles.length; i++) {
      edges.add(quantiles[i]);
      if (i > 0 && quantiles[i] == quantiles[i - 1]) {
        edges.add(Math.nextDown(quantiles[i]));
      }
    }
    return new QuantileBins(edges.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double[] quantiles(double[] reference, int bins) {
    double[] sorted = Samples.sorted("reference", reference);
    if (bins < 2) {
      throw new IllegalArgumentException("bins must be >= 2, was " + bins);
    }
    double[] edges = new double[bins - 1];
    for (int i = 1; i < bins; i++) {
      edges[i - 1] = quantile(sorted, (double) i / bins);
    }
    return edges;
  }

  /** numpy's linear rule, with its two forms of the interpolation. */
  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) Math.floor(position);
    double t = position - below;
    double low = sorted[below];
    double high = sorted[Math.min(below + 1, sorted.length - 1)];
    return t >= 0.5 ? high - (high - low) * (1 - t) : low + (high - low) * t;
  }

  /** Returns the number of bins, ≥ 2. */
  public int size() {
    return edges.length + 1;
  }

  /** Returns the inner edges, ascending. */
  public double[] edges() {
    return edges.clone();
  }

  /** Returns the counts per bin of finite {@code values}, shape [size]. */
  public long[] counts(double[] values) {
    long[] counts = new long[size()];
    for (double value : Samples.sorted("values", values)) {
      int found = Arrays.binarySearch(edges, value);
      counts[found >= 0 ? found : -found - 1]++;
    }
    return counts;
  }
}
