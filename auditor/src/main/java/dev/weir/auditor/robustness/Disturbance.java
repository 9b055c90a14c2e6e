package dev.weir.auditor.robustness;

import dev.weir.model.explain.Scorer;

/** A way to disturb the input that is bounded, so that a worst case exists. */
interface Disturbance {
  /** Returns whether the features have anything that this can disturb. */
  boolean isPossible();

  /**
   * Returns the scores that the rows take when disturbed.
   *
   * @param rows shape [N, F]; not changed
   */
  ScoreBand band(Scorer scorer, float[][] rows);
}
