package dev.weir.statistics.drift;

/**
 * The early drift detection method, on the distances between mistakes (1) among right answers (0),
 * in scikit-multiflow's variant: with their mean μ and deviation σ, a change when {@code (μ + 2σ)}
 * falls below 0.9 of its greatest value, after 30 mistakes, and a warning below 0.95, until the
 * next mistake; after a change it starts afresh with the next observation. Not thread-safe.
 *
 * @see <a href="https://www.cs.upc.edu/~abifet/EDDM.pdf">M. Baena-García et al., Early Drift
 *     Detection Method, 2006</a>
 */
public final class Eddm implements DriftDetector {
  private final int minMistakes;
  private final double warningLevel;
  private final double driftLevel;
  private long count = 1;
  private long mistakes;
  private long lastMistakeAt;
  private double mean;
  private double squares;
  private double greatest;
  private boolean isChanged;
  private boolean isWarning;

  /** Creates a detector: more than 30 mistakes, warning below 0.95, change below 0.9. */
  public Eddm() {
    this(30, 0.95, 0.9);
  }

  /**
   * Creates a detector.
   *
   * @param minMistakes mistakes that an alarm needs more than; no distance counts either before so
   *     many observations, with the start counted as one
   * @param warningLevel share of the greatest level below which it warns, in (0, 1)
   * @param driftLevel share of the greatest level below which there is a change, in (0, 1)
   */
  public Eddm(int minMistakes, double warningLevel, double driftLevel) {
    this.minMistakes = minMistakes;
    this.warningLevel = HddmW.requireOpenUnit("warningLevel", warningLevel);
    this.driftLevel = HddmW.requireOpenUnit("driftLevel", driftLevel);
  }

  @Override
  public void reset() {
    isChanged = false;
    isWarning = false;
    count = 1;
    mistakes = 0;
    lastMistakeAt = 0;
    mean = 0;
    squares = 0;
    greatest = 0;
  }

  /**
   * Takes whether one prediction was a mistake and returns whether a change was found.
   *
   * @throws IllegalArgumentException if {@code x} is neither 0 nor 1
   */
  @Override
  public boolean update(double x) {
    return update(Ddm.isOne(x));
  }

  /** Takes whether one prediction was a mistake and returns whether a change was found. */
  public boolean update(boolean isMistake) {
    if (isChanged) {
      reset();
    }
    count++;
    if (isMistake) {
      double share = shareOfGreatest();
      isChanged = share < driftLevel;
      isWarning = !isChanged && share < warningLevel;
    }
    return isChanged;
  }

  @Override
  public boolean isWarning() {
    return isWarning;
  }

  /** Returns the level as a share of the greatest so far; 1 where it is too early to tell. */
  private double shareOfGreatest() {
    mistakes++;
    double distance = count - 1 - lastMistakeAt;
    lastMistakeAt = count - 1;
    double oldMean = mean;
    mean += (distance - mean) / mistakes;
    squares += (distance - mean) * (distance - oldMean);
    double level = mean + 2 * Math.sqrt(squares / mistakes);
    if (count < minMistakes) {
      return 1;
    }
    if (level > greatest) {
      greatest = level;
      return 1;
    }
    return mistakes > minMistakes ? level / greatest : 1;
  }
}
