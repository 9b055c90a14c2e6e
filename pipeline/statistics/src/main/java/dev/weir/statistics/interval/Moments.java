package dev.weir.statistics.interval;

/**
 * Count, mean, and sums of squares and cubes about the mean, updated one by one and merged exactly.
 * Not thread-safe.
 *
 * @see <a href="https://www.osti.gov/servlets/purl/1028931">P. Pébay, Formulas for Robust, One-Pass
 *     Parallel Computation of Covariances and Arbitrary-Order Statistical Moments, 2008</a>
 */
public final class Moments {
  private long n;
  private double mean;
  private double squares;
  private double cubes;

  /** Takes in one value. */
  public void add(double value) {
    merge(1, value, 0, 0);
  }

  /** Takes in all values of another sample. */
  public void add(Moments other) {
    if (other.n > 0) {
      merge(other.n, other.mean, other.squares, other.cubes);
    }
  }

  private void merge(long count, double average, double secondSum, double thirdSum) {
    double both = (double) n + count;
    double away = average - mean;
    double pairs = away * away * n * count / both;
    cubes +=
        thirdSum
            + pairs * away * (n - count) / both
            + 3 * away * (n * secondSum - count * squares) / both;
    squares += secondSum + pairs;
    mean += away * count / both;
    n += count;
  }

  /** Returns how many values were taken in. */
  public long n() {
    return n;
  }

  /** Returns their mean; 0 without values. */
  public double mean() {
    return mean;
  }

  /** Returns the unbiased variance of the mean, {@code s² / n}; 0 for fewer than two values. */
  public double varianceOfMean() {
    return n < 2 ? 0 : squares / (n - 1.0) / n;
  }

  /**
   * Returns the estimate of the mean; its skewness is taken as 0 for two values.
   *
   * @throws IllegalArgumentException if there are fewer than two values
   */
  public SkewedMean estimate() {
    if (n < 2) {
      throw new IllegalArgumentException("need at least 2 values, was " + n);
    }
    double se = Math.sqrt(varianceOfMean());
    double k3 = n < 3 ? 0 : n * cubes / ((n - 1.0) * (n - 2.0));
    double skewness = se == 0 ? 0 : k3 / ((double) n * n * se * se * se);
    return new SkewedMean(mean, se, n - 1.0, skewness, n);
  }
}
