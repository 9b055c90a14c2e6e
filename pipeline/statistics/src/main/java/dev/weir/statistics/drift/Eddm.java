package dev.weir.statistics.drift;

/**
 * The early drift detection method, on the distances between mistakes, in scikit-multiflow's
 * variant: with their mean μ and deviation σ, a change when {@code (μ + 2σ)} falls below 0.9 of its
 * greatest value, after 30 mistakes; then it starts afresh with the next observation. Not
 * thread-safe.
 *
 * @see <a href="https://www.cs.upc.edu/~abifet/EDDM.pdf">M. Baena-García et al., Early Drift
 *     Detection Method, 2006</a>
 */
public final class Eddm {
  private static final int MIN_COUNT = 30;
  private static final double LEVEL = 0.9;

  private long count;
  private long mistakes;
  private long lastMistakeAt;
  private double mean;
  private double squares;
  private double greatest;
  private boolean isChanged;

  /** Creates a detector with no observation yet. */
  public Eddm() {
    reset();
  }

  private void reset() {
    count = 1;
    mistakes = 0;
    lastMistakeAt = 0;
    mean = 0;
    squares = 0;
    greatest = 0;
  }

  /** Takes whether one prediction was a mistake and returns whether a change was found. */
  public boolean update(boolean isMistake) {
    if (isChanged) {
      reset();
    }
    count++;
    isChanged = isMistake && isCloserThanBefore();
    return isChanged;
  }

  private boolean isCloserThanBefore() {
    mistakes++;
    double distance = count - 1 - lastMistakeAt;
    lastMistakeAt = count - 1;
    double oldMean = mean;
    mean += (distance - mean) / mistakes;
    squares += (distance - mean) * (distance - oldMean);
    double level = mean + 2 * Math.sqrt(squares / mistakes);
    if (count < MIN_COUNT) {
      return false;
    }
    if (level > greatest) {
      greatest = level;
      return false;
    }
    return mistakes > MIN_COUNT && level / greatest < LEVEL;
  }
}
