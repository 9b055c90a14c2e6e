package dev.weir.statistics.drift;

/**
 * The drift detection method, on a stream of mistakes, in scikit-multiflow's variant: with the
 * error rate p and {@code s = √(p(1 − p)/n)}, a change when {@code p + s > p_min + 3 s_min} at the
 * least p + s so far; then it starts afresh with the next observation. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1007/978-3-540-28645-5_29">J. Gama et al., Learning with Drift
 *     Detection, SBIA 2004</a>
 */
public final class Ddm {
  private static final int MIN_OBSERVATIONS = 30;
  private static final double LEVEL = 3;

  private long count;
  private double rate;
  private double leastRate;
  private double leastDeviation;
  private boolean isChanged;

  /** Creates a detector with no observation yet. */
  public Ddm() {
    reset();
  }

  private void reset() {
    count = 1;
    rate = 1;
    leastRate = Double.POSITIVE_INFINITY;
    leastDeviation = Double.POSITIVE_INFINITY;
  }

  /** Takes whether one prediction was a mistake and returns whether a change was found. */
  public boolean update(boolean isMistake) {
    if (isChanged) {
      reset();
    }
    rate += ((isMistake ? 1 : 0) - rate) / count;
    double deviation = Math.sqrt(rate * (1 - rate) / count);
    count++;
    isChanged = false;
    if (count < MIN_OBSERVATIONS) {
      return false;
    }
    if (rate + deviation <= leastRate + leastDeviation) {
      leastRate = rate;
      leastDeviation = deviation;
    }
    isChanged = rate + deviation > leastRate + LEVEL * leastDeviation;
    return isChanged;
  }
}
