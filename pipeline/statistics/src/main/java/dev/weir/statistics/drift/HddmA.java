package dev.weir.statistics.drift;

/**
 * The drift detection method by Hoeffding's bound on plain averages (A-test), for values in [0, 1],
 * in scikit-multiflow's variant with both sides: a rise of the mean is a change, a fall only starts
 * the window afresh. A rise at the warning's confidence is a warning. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TKDE.2014.2345382">I. Frías-Blanco et al., Online and
 *     Non-Parametric Drift Detection Methods Based on Hoeffding's Bounds, TKDE 2015</a>
 */
public final class HddmA implements DriftDetector {
  private final double confidence;
  private final double warningConfidence;
  private boolean isWarning;
  private long n;
  private double sum;
  private long leastN;
  private double leastSum;
  private long greatestN;
  private double greatestSum;

  /** Creates a detector with scikit-multiflow's confidences, 0.001 and 0.005. */
  public HddmA() {
    this(0.001, 0.005);
  }

  /**
   * Creates a detector.
   *
   * @param confidence chance of a false alarm, in (0, 1)
   * @param warningConfidence the same of a warning, in (0, 1)
   */
  public HddmA(double confidence, double warningConfidence) {
    this.confidence = HddmW.requireOpenUnit("confidence", confidence);
    this.warningConfidence = HddmW.requireOpenUnit("warningConfidence", warningConfidence);
  }

  /**
   * Takes one value and returns whether the mean rose.
   *
   * @throws IllegalArgumentException if {@code x} is not in [0, 1]
   */
  @Override
  public boolean update(double x) {
    HddmW.requireUnit(x);
    n++;
    sum += x;
    keepExtremes();
    boolean isRise = differs(leastSum, leastN, 1, confidence);
    boolean isClose = !isRise && differs(leastSum, leastN, 1, warningConfidence);
    if (isRise || differs(greatestSum, greatestN, -1, confidence)) {
      reset();
    }
    isWarning = isClose;
    return isRise;
  }

  @Override
  public boolean isWarning() {
    return isWarning;
  }

  private void keepExtremes() {
    if (leastN == 0 || leastSum / leastN + bound(leastN) >= sum / n + bound(n)) {
      leastN = n;
      leastSum = sum;
    }
    if (greatestN == 0 || greatestSum / greatestN - bound(greatestN) <= sum / n - bound(n)) {
      greatestN = n;
      greatestSum = sum;
    }
  }

  private double bound(long count) {
    return Math.sqrt(1 / (2.0 * count) * Math.log(1 / confidence));
  }

  private boolean differs(double earlierSum, long earlierN, int sign, double level) {
    if (earlierN == n) {
      return false;
    }
    double m = (double) (n - earlierN) / earlierN * (1.0 / n);
    double bound = Math.sqrt(m / 2 * Math.log(2 / level));
    return sign * (sum / n - earlierSum / earlierN) >= bound;
  }

  @Override
  public void reset() {
    isWarning = false;
    n = 0;
    sum = 0;
    leastN = 0;
    leastSum = 0;
    greatestN = 0;
    greatestSum = 0;
  }
}
