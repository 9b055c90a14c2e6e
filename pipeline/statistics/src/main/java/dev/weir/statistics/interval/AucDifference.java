package dev.weir.statistics.interval;

import java.util.Optional;

/**
 * The difference of two areas under the ROC curve on the same rows.
 *
 * <p>DeLong's variance of a difference: that of the differences of the structural components, so
 * what both scores have in common cancels. Student's t bounds with k − 1 degrees of freedom, k the
 * rows of the rarer class.
 *
 * @see <a href="https://doi.org/10.2307/2531595">E. DeLong et al., Comparing the Areas under Two or
 *     More Correlated ROC Curves, Biometrics 1988</a>
 */
public final class AucDifference {
  private AucDifference() {}

  /**
   * Returns AUC(first) − AUC(second), or empty when a class has fewer than two rows.
   *
   * @param first scores, shape [n]
   * @param second scores of the same rows, shape [n]
   * @param labels 0 or 1, shape [n]
   */
  public static Optional<MeanEstimate> of(double[] first, double[] second, double[] labels) {
    Placements a = Placements.of(first, labels);
    Placements b = Placements.of(second, labels);
    if (a.rarer() < 2) {
      return Optional.empty();
    }
    MeanEstimate positives = MeanEstimate.of(minus(a.ofPositives(), b.ofPositives()));
    MeanEstimate negatives = MeanEstimate.of(minus(a.ofNegatives(), b.ofNegatives()));
    double error = Math.hypot(positives.standardError(), negatives.standardError());
    return Optional.of(new MeanEstimate(positives.value(), error, a.rarer() - 1.0, first.length));
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
