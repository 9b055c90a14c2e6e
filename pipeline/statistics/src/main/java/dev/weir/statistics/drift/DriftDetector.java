package dev.weir.statistics.drift;

/**
 * Watches a stream of numbers and says when what it comes from has changed. Not thread-safe.
 *
 * <p>After a change a detector begins anew by itself; each class says how.
 */
public interface DriftDetector {
  /**
   * Takes one observation and returns whether a change was found.
   *
   * @throws IllegalArgumentException if {@code x} is not of the kind that the detector takes
   */
  boolean update(double x);

  /**
   * Returns whether the last observation left it in its warning zone, without a change. Detectors
   * without such a zone always say no.
   */
  default boolean isWarning() {
    return false;
  }

  /** Forgets all observations. */
  void reset();
}
