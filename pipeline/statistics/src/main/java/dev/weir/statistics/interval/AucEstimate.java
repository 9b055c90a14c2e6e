package dev.weir.statistics.interval;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The area under the ROC curve with DeLong's variance and normal bounds, clipped to [0, 1].
 *
 * <p>A pair of a positive and a negative counts 1 when the positive scores higher, ½ on a tie.
 *
 * @param value the area
 * @param standardError DeLong's
 * @param n rows
 * @see <a href="https://doi.org/10.2307/2531595">E. DeLong et al., Comparing the Areas under Two or
 *     More Correlated ROC Curves, Biometrics 1988</a>
 */
public record AucEstimate(double value, double standardError, long n) implements Estimate {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  /**
   * Returns the estimate, or empty when a class has fewer than two rows.
   *
   * @param scores the scores, shape [n]
   * @param labels 0 or 1, same shape
   */
  public static Optional<AucEstimate> of(double[] scores, double[] labels) {
    double[] positives = pick(scores, labels, 1);
    double[] negatives = pick(scores, labels, 0);
    if (positives.length < 2 || negatives.length < 2) {
      return Optional.empty();
    }
    double[] ofPositives = placements(positives, negatives);
    double[] ofNegatives = placements(negatives, positives);
    MeanEstimate v10 = MeanEstimate.of(ofPositives);
    MeanEstimate v01 = MeanEstimate.of(ofNegatives);
    return Optional.of(
        new AucEstimate(
            v10.value(), Math.hypot(v10.standardError(), v01.standardError()), scores.length));
  }

  private static double[] pick(double[] scores, double[] labels, double label) {
    double[] picked = new double[scores.length];
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] == label) {
        picked[n++] = scores[i];
      }
    }
    return Arrays.copyOf(picked, n);
  }

  /** Returns for each of {@code ours} the share of {@code theirs} below it, ties half. */
  private static double[] placements(double[] ours, double[] theirs) {
    double[] sorted = theirs.clone();
    Arrays.sort(sorted);
    double[] shares = new double[ours.length];
    for (int i = 0; i < ours.length; i++) {
      int below = firstAtLeast(sorted, ours[i]);
      int notAbove = firstAtLeast(sorted, Math.nextUp(ours[i]));
      shares[i] = (below + 0.5 * (notAbove - below)) / sorted.length;
    }
    return shares;
  }

  private static int firstAtLeast(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public double lower(double alpha) {
    return Math.max(0, value - STANDARD.inverseSurvivalProbability(alpha) * standardError);
  }

  @Override
  public double upper(double alpha) {
    return Math.min(1, value + STANDARD.inverseSurvivalProbability(alpha) * standardError);
  }
}
