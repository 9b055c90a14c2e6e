package dev.weir.contracts.policy;

/**
 * How exactly candidates are explained. Sampled attributions of a row are drawn until each of their
 * standard errors is at most the bound, or the evaluations are used up.
 *
 * @param standardError the bound, in units of the probability, &gt; 0
 * @param evaluations most scorings for one explained row, ≥ 1
 * @param rows most judging rows explained, ≥ 2
 * @param qualityRows most judging rows whose explanation is tested, ≥ 2
 */
public record ExplanationTerms(double standardError, long evaluations, int rows, int qualityRows) {
  /** What holds where a policy does not say. */
  public static final ExplanationTerms DEFAULT = new ExplanationTerms(0.01, 2_000, 30, 5);

  /** Checks the ranges. */
  public ExplanationTerms {
    if (!(standardError > 0) || evaluations < 1 || rows < 2 || qualityRows < 2) {
      throw new IllegalArgumentException(
          "standardError must be > 0, evaluations >= 1, rows and qualityRows >= 2, were "
              + standardError
              + ", "
              + evaluations
              + ", "
              + rows
              + " and "
              + qualityRows);
    }
  }
}
