package dev.weir.model.explain.counterfactual;

/**
 * The scores that a counterfactual must have.
 *
 * @param lower the lowest score wanted
 * @param upper the highest score wanted, ≥ lower
 */
public record Wanted(double lower, double upper) {
  /** Checks the order. */
  public Wanted {
    if (!(lower <= upper)) {
      throw new IllegalArgumentException("need lower <= upper, was " + lower + ", " + upper);
    }
  }

  /** Returns scores of at least {@code threshold}. */
  public static Wanted atLeast(double threshold) {
    return new Wanted(threshold, Double.POSITIVE_INFINITY);
  }

  /** Returns scores below {@code threshold}. */
  public static Wanted below(double threshold) {
    return new Wanted(Double.NEGATIVE_INFINITY, Math.nextDown(threshold));
  }

  /** Returns how far a score is from what is wanted, 0 inside; infinite for NaN. */
  double distance(double score) {
    if (Double.isNaN(score)) {
      return Double.POSITIVE_INFINITY;
    }
    return Math.max(0, Math.max(lower - score, score - upper));
  }
}
