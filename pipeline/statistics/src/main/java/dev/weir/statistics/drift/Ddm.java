package dev.weir.statistics.drift;

/**
 * The drift detection method, on a stream of mistakes (1) and right answers (0), in
 * scikit-multiflow's variant: with the error rate p and {@code s = √(p(1 − p)/n)}, a change when
 * {@code p + s > p_min + 3 s_min} at the least p + s so far, a warning from 2 s_min on; after a
 * change it starts afresh with the next observation. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1007/978-3-540-28645-5_29">J. Gama et al., Learning with Drift
 *     Detection, SBIA 2004</a>
 */
public final class Ddm implements DriftDetector {
  private final int minObservations;
  private final double warningLevel;
  private final double driftLevel;
  private long count = 1;
  private double rate = 1;
  private double leastRate = Double.POSITIVE_INFINITY;
  private double leastDeviation = Double.POSITIVE_INFINITY;
  private boolean isChanged;
  private boolean isWarning;

  /** Creates a detector: 30 observations at least, warning at 2, change at 3. */
  public Ddm() {
    this(30, 2, 3);
  }

  /**
   * Creates a detector.
   *
   * @param minObservations the count that no alarm comes before, with the start counted as one
   * @param warningLevel deviations above the least rate that are a warning, &gt; 0
   * @param driftLevel deviations that are a change, &gt; 0
   */
  public Ddm(int minObservations, double warningLevel, double driftLevel) {
    if (!(warningLevel > 0 && driftLevel > 0)) {
      throw new IllegalArgumentException(
          "need warningLevel > 0 and driftLevel > 0, was " + warningLevel + ", " + driftLevel);
    }
    this.minObservations = minObservations;
    this.warningLevel = warningLevel;
    this.driftLevel = driftLevel;
  }

  @Override
  public void reset() {
    isChanged = false;
    isWarning = false;
    count = 1;
    rate = 1;
    leastRate = Double.POSITIVE_INFINITY;
    leastDeviation = Double.POSITIVE_INFINITY;
  }

  /**
   * Takes whether one prediction was a mistake and returns whether a change was found.
   *
   * @throws IllegalArgumentException if {@code x} is neither 0 nor 1
   */
  @Override
  public boolean update(double x) {
    return update(isOne(x));
  }

  static boolean isOne(double x) {
    if (x != 0 && x != 1) {
      throw new IllegalArgumentException("observation must be 0 or 1, was " + x);
    }
    return x == 1;
  }

  /** Takes whether one prediction was a mistake and returns whether a change was found. */
  public boolean update(boolean isMistake) {
    if (isChanged) {
      reset();
    }
    rate += ((isMistake ? 1 : 0) - rate) / count;
    double deviation = Math.sqrt(rate * (1 - rate) / count);
    count++;
    if (count < minObservations) {
      return false;
    }
    if (rate + deviation <= leastRate + leastDeviation) {
      leastRate = rate;
      leastDeviation = deviation;
    }
    isChanged = rate + deviation > leastRate + driftLevel * leastDeviation;
    isWarning = !isChanged && rate + deviation > leastRate + warningLevel * leastDeviation;
    return isChanged;
  }

  @Override
  public boolean isWarning() {
    return isWarning;
  }
}
