package dev.weir.auditor.explanation;

import dev.weir.model.explain.quality.ExplanationQuality;
import java.util.List;

/**
 * How a model uses its features, and how far that can be trusted.
 *
 * @param method {@code exact} or {@code permutation} Shapley values
 * @param backgroundDigest digest of the rows that they average over, as the manifest states it
 * @param backgroundRows how many those are
 * @param rows judging rows explained, drawn by the request's seed
 * @param largestStandardError of any attribution of a row, in units of the probability; 0 for exact
 *     values
 * @param rowsWithinBound rows whose standard errors are all at most the policy's bound; the others
 *     used up their evaluations
 * @param importance of each feature, in the order of the row
 * @param quality measured on some of the rows
 */
public record ExplanationEvidence(
    String method,
    String backgroundDigest,
    int backgroundRows,
    int rows,
    double largestStandardError,
    int rowsWithinBound,
    List<FeatureImportance> importance,
    ExplanationQuality quality) {
  /** Copies the list. */
  public ExplanationEvidence {
    importance = List.copyOf(importance);
  }

  /**
   * The mean of a feature's contributions' absolute values, in units of the probability.
   *
   * @param feature the feature's name
   * @param meanAbsolute mean of |φ|
   * @param standardError of that mean, over the rows
   * @param lower lower end of the 95 % interval, ≥ 0
   * @param upper its upper end
   */
  public record FeatureImportance(
      String feature, double meanAbsolute, double standardError, double lower, double upper) {}
}
