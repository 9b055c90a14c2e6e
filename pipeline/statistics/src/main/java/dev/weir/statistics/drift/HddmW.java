package dev.weir.statistics.drift;

/**
 * The drift detection method by McDiarmid's bound on exponentially weighted averages (W-test), for
 * values in [0, 1], in scikit-multiflow's variant: a rise of the mean is a change, and the window
 * then starts afresh. A fall does nothing: the origin declares a second side, but its cut point
 * starts at infinity, so that side is never reached. A rise at the warning's confidence is a
 * warning. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TKDE.2014.2345382">I. Frías-Blanco et al., Online and
 *     Non-Parametric Drift Detection Methods Based on Hoeffding's Bounds, TKDE 2015</a>
 */
public final class HddmW implements DriftDetector {
  private static final Average NONE = new Average(-1, 0);

  private final double confidence;
  private final double warningConfidence;
  private final double lambda;
  private boolean isWarning;
  private Average total = NONE;
  private double leastBound = Double.POSITIVE_INFINITY;
  private Average beforeRise = NONE;
  private Average sinceRise = NONE;

  /** Creates a detector with scikit-multiflow's defaults: confidences 0.001 and 0.005, λ 0.05. */
  public HddmW() {
    this(0.001, 0.005, 0.05);
  }

  /**
   * Creates a detector.
   *
   * @param confidence chance of a false alarm, in (0, 1)
   * @param warningConfidence the same of a warning, in (0, 1)
   * @param lambda weight of the newest value, in (0, 1)
   */
  public HddmW(double confidence, double warningConfidence, double lambda) {
    this.confidence = requireOpenUnit("confidence", confidence);
    this.warningConfidence = requireOpenUnit("warningConfidence", warningConfidence);
    this.lambda = requireOpenUnit("lambda", lambda);
  }

  /**
   * Takes one value and returns whether the mean rose.
   *
   * @throws IllegalArgumentException if {@code x} is not in [0, 1]
   */
  @Override
  public boolean update(double x) {
    requireUnit(x);
    total = total.with(x, lambda);
    updateRise(x, bound(total.weight, confidence));
    boolean isRise = isRise(confidence);
    isWarning = !isRise && isRise(warningConfidence);
    if (isRise) {
      reset();
    }
    return isRise;
  }

  @Override
  public boolean isWarning() {
    return isWarning;
  }

  private void updateRise(double x, double bound) {
    if (total.mean + bound < leastBound) {
      leastBound = total.mean + bound;
      beforeRise = total;
      sinceRise = NONE;
    } else {
      sinceRise = sinceRise.with(x, lambda);
    }
  }

  private boolean isRise(double level) {
    return beforeRise != NONE
        && sinceRise != NONE
        && sinceRise.mean - beforeRise.mean > bound(sinceRise.weight + beforeRise.weight, level);
  }

  private static double bound(double weight, double level) {
    return Math.sqrt(weight * Math.log(1 / level) / 2);
  }

  @Override
  public void reset() {
    isWarning = false;
    total = NONE;
    leastBound = Double.POSITIVE_INFINITY;
    beforeRise = NONE;
    sinceRise = NONE;
  }

  static double requireOpenUnit(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in (0, 1), was " + value);
    }
    return value;
  }

  static void requireUnit(double x) {
    if (!(x >= 0 && x <= 1)) {
      throw new IllegalArgumentException("observation must be in [0, 1], was " + x);
    }
  }

  /** A weighted mean, and the sum of its squared weights. */
  private static final class Average {
    private final double mean;
    private final double weight;

    Average(double mean, double weight) {
      this.mean = mean;
      this.weight = weight;
    }

    Average with(double x, double lambda) {
      double kept = 1 - lambda;
      return this == NONE
          ? new Average(x, 1)
          : new Average(lambda * x + kept * mean, lambda * lambda + kept * kept * weight);
    }
  }
}
