package dev.weir.model.explain;

/**
 * When an estimate is good enough: every standard error is at most the bound, or the evaluations
 * are used up. What was reached stands in the {@link Attribution#standardErrors attribution}.
 *
 * @param standardErrorAtMost in units of the output, ≥ 0; 0 uses up the evaluations
 * @param mostEvaluations rows scored per explained row, ≥ 1; as many as a standard error needs are
 *     always drawn
 */
public record Precision(double standardErrorAtMost, long mostEvaluations) {
  /** A standard error of 0.002 with at most 200,000 evaluations. */
  public static final Precision DEFAULT = new Precision(0.002, 200_000);

  /** Checks the ranges. */
  public Precision {
    if (!(standardErrorAtMost >= 0) || mostEvaluations < 1) {
      throw new IllegalArgumentException(
          "standardErrorAtMost must be >= 0 and mostEvaluations >= 1, were "
              + standardErrorAtMost
              + " and "
              + mostEvaluations);
    }
  }

  /** Returns whether all of these are at most the bound. */
  public boolean isReached(double[][] standardErrors) {
    for (double[] each : standardErrors) {
      for (double error : each) {
        if (!(error <= standardErrorAtMost)) {
          return false;
        }
      }
    }
    return true;
  }
}
