package dev.weir.statistics.drift;

/**
 * The drift detection method by McDiarmid's bound on exponentially weighted averages (W-test), for
 * values in [0, 1], in scikit-multiflow's variant: a rise of the mean is a change, and the window
 * then starts afresh. A fall does nothing: the origin declares a second side, but its cut point
 * starts at infinity, so that side is never reached. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TKDE.2014.2345382">I. Frías-Blanco et al., Online and
 *     Non-Parametric Drift Detection Methods Based on Hoeffding's Bounds, TKDE 2015</a>
 */
public final class HddmW {
  private static final Average NONE = new Average(-1, 0);

  private final double confidence;
  private final double lambda;
  private Average total = NONE;
  private double leastBound = Double.POSITIVE_INFINITY;
  private Average beforeRise = NONE;
  private Average sinceRise = NONE;

  /** Creates a detector with scikit-multiflow's defaults: confidence 0.001, λ 0.05. */
  public HddmW() {
    this(0.001, 0.05);
  }

  /**
   * Creates a detector.
   *
   * @param confidence chance of a false alarm, in (0, 1)
   * @param lambda weight of the newest value, in (0, 1)
   */
  public HddmW(double confidence, double lambda) {
    this.confidence = requireOpenUnit("confidence", confidence);
    this.lambda = requireOpenUnit("lambda", lambda);
  }

  /**
   * Takes one value and returns whether the mean rose.
   *
   * @throws IllegalArgumentException if {@code x} is not in [0, 1]
   */
  public boolean update(double x) {
    requireUnit(x);
    total = total.with(x, lambda);
    updateRise(x, bound(total.weight));
    boolean isRise = isRise();
    if (isRise) {
      reset();
    }
    return isRise;
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

  private boolean isRise() {
    return beforeRise != NONE
        && sinceRise != NONE
        && sinceRise.mean - beforeRise.mean > bound(sinceRise.weight + beforeRise.weight);
  }

  private double bound(double weight) {
    return Math.sqrt(weight * Math.log(1 / confidence) / 2);
  }

  private void reset() {
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
