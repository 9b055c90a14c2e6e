package dev.weir.statistics.drift;

/**
 * The drift detection method by Hoeffding's bound on plain averages (A-test), for values in [0, 1],
 * in scikit-multiflow's variant with both sides: a rise of the mean is a change, a fall only starts
 * the window afresh. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TKDE.2014.2345382">I. Frías-Blanco et al., Online and
 *     Non-Parametric Drift Detection Methods Based on Hoeffding's Bounds, TKDE 2015</a>
 */
public final class HddmA {
  private final double confidence;
  private long n;
  private double sum;
  private long leastN;
  private double leastSum;
  private long greatestN;
  private double greatestSum;

  /** Creates a detector with scikit-multiflow's confidence, 0.001. */
  public HddmA() {
    this(0.001);
  }

  /** Creates a detector that lets a false alarm through with {@code confidence}, in (0, 1). */
  public HddmA(double confidence) {
    this.confidence = HddmW.requireOpenUnit("confidence", confidence);
  }

  /**
   * Takes one value and returns whether the mean rose.
   *
   * @throws IllegalArgumentException if {@code x} is not in [0, 1]
   */
  public boolean update(double x) {
    HddmW.requireUnit(x);
    n++;
    sum += x;
    keepExtremes();
    boolean isRise = differs(leastSum, leastN, 1);
    if (isRise || differs(greatestSum, greatestN, -1)) {
      reset();
    }
    return isRise;
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

  private boolean differs(double earlierSum, long earlierN, int sign) {
    if (earlierN == n) {
      return false;
    }
    double m = (double) (n - earlierN) / earlierN * (1.0 / n);
    double bound = Math.sqrt(m / 2 * Math.log(2 / confidence));
    return sign * (sum / n - earlierSum / earlierN) >= bound;
  }

  private void reset() {
    n = 0;
    sum = 0;
    leastN = 0;
    leastSum = 0;
    greatestN = 0;
    greatestSum = 0;
  }
}
