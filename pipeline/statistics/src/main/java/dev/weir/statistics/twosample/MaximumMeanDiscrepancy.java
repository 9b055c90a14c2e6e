package dev.weir.statistics.twosample;

import java.util.Arrays;

/**
 * The squared maximum mean discrepancy of two samples of vectors under the Gaussian kernel {@code
 * k(x, y) = exp(−|x − y|² / (2σ²))}. O((n + m)² d).
 *
 * @param biased the V-statistic, ≥ 0 but for rounding
 * @param unbiased the U-statistic (equal indices left out); may be below 0
 * @see <a href="https://jmlr.org/papers/v13/gretton12a.html">A. Gretton et al., A Kernel Two-Sample
 *     Test, JMLR 2012, eq. 3 and 5</a>
 */
public record MaximumMeanDiscrepancy(double biased, double unbiased) {
  /**
   * Returns both estimates of MMD².
   *
   * @param reference shape [n][d], n ≥ 2
   * @param current shape [m][d], m ≥ 2
   * @param sigma the kernel's width, &gt; 0
   */
  public static MaximumMeanDiscrepancy of(double[][] reference, double[][] current, double sigma) {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("sigma must be > 0, was " + sigma);
    }
    if (reference.length < 2 || current.length < 2) {
      throw new IllegalArgumentException(
          "need at least 2 rows each, was " + reference.length + " and " + current.length);
    }
    double n = reference.length;
    double m = current.length;
    double rr = kernelSum(reference, reference, sigma);
    double cc = kernelSum(current, current, sigma);
    double cross = 2 * kernelSum(reference, current, sigma) / (n * m);
    return new MaximumMeanDiscrepancy(
        rr / (n * n) + cc / (m * m) - cross,
        (rr - n) / (n * (n - 1)) + (cc - m) / (m * (m - 1)) - cross);
  }

  /**
   * Returns the median of the distances between different rows of both samples together, the usual
   * width of the kernel.
   */
  public static double medianDistance(double[][] reference, double[][] current) {
    double[][] pooled = Arrays.copyOf(reference, reference.length + current.length);
    System.arraycopy(current, 0, pooled, reference.length, current.length);
    double[] distances = new double[Math.multiplyExact(pooled.length, pooled.length - 1) / 2];
    if (distances.length == 0) {
      throw new IllegalArgumentException("need at least 2 rows, was " + pooled.length);
    }
    int k = 0;
    for (int i = 0; i < pooled.length; i++) {
      for (int j = i + 1; j < pooled.length; j++) {
        distances[k++] = Math.sqrt(squaredDistance(pooled[i], pooled[j]));
      }
    }
    Arrays.sort(distances);
    int half = distances.length / 2;
    return distances.length % 2 == 1
        ? distances[half]
        : (distances[half - 1] + distances[half]) / 2;
  }

  private static double kernelSum(double[][] a, double[][] b, double sigma) {
    double sum = 0;
    for (double[] x : a) {
      for (double[] y : b) {
        sum += Math.exp(-squaredDistance(x, y) / (2 * sigma * sigma));
      }
    }
    return sum;
  }

  private static double squaredDistance(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "rows must have one length, was " + x.length + " and " + y.length);
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return sum;
  }
}
