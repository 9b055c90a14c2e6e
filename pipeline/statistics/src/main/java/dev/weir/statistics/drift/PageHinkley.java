package dev.weir.statistics.drift;

/**
 * The Page–Hinkley test for a rise of the mean, with the forgetting factor of scikit-multiflow: a
 * change when {@code S = max(0, αS + x − x̄ − δ)} passes the threshold; then it starts afresh with
 * the next observation. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1093/biomet/41.1-2.100">E. S. Page, Continuous Inspection
 *     Schemes, Biometrika 1954</a>
 */
public final class PageHinkley implements DriftDetector {
  private final int minObservations;
  private final double delta;
  private final double threshold;
  private final double alpha;
  private long count;
  private double mean;
  private double sum;
  private boolean isChanged;

  /** Creates a detector: 30 observations at least, δ 0.005, threshold 50, α 0.9999. */
  public PageHinkley() {
    this(30, 0.005, 50, 0.9999);
  }

  /**
   * Creates a detector.
   *
   * @param minObservations the count that no alarm comes before, with the start counted as one
   * @param delta rise of the mean that is no change, ≥ 0
   * @param threshold of S, &gt; 0
   * @param alpha forgetting factor of S, in (0, 1]
   */
  public PageHinkley(int minObservations, double delta, double threshold, double alpha) {
    if (!(delta >= 0 && threshold > 0 && alpha > 0 && alpha <= 1)) {
      throw new IllegalArgumentException(
          "need delta >= 0, threshold > 0, alpha in (0, 1], was "
              + delta
              + ", "
              + threshold
              + ", "
              + alpha);
    }
    this.minObservations = minObservations;
    this.delta = delta;
    this.threshold = threshold;
    this.alpha = alpha;
    this.count = 1;
  }

  @Override
  public void reset() {
    isChanged = false;
    count = 1;
    mean = 0;
    sum = 0;
  }

  @Override
  public boolean update(double x) {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("observation must be finite, was " + x);
    }
    if (isChanged) {
      reset();
    }
    mean += (x - mean) / count;
    sum = Math.max(0, alpha * sum + (x - mean - delta));
    count++;
    isChanged = count >= minObservations && sum > threshold;
    return isChanged;
  }
}
