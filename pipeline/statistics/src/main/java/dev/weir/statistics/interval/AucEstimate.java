package dev.weir.statistics.interval;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The area under the ROC curve with DeLong's variance and Student's t bounds, clipped to [0, 1].
 *
 * <p>The bounds have k − 1 degrees of freedom, k the rows of the rarer class: with normal quantiles
 * a score that knows nothing ranks "better than chance" in more than α of samples of 5 and 5 rows.
 * DeLong's variance is 0 where all pairs are in order, which few rows are by chance. So no lower
 * bound exceeds {@code α^(1/k)}, where k rows of the rarer class make k independent pairs: all of
 * them are in order with chance θᵏ when the area is θ. The upper bound is treated likewise.
 *
 * <p>A pair of a positive and a negative counts 1 when the positive scores higher, ½ on a tie.
 *
 * @param value the area
 * @param standardError DeLong's
 * @param independentPairs rows of the rarer class
 * @param n rows
 * @see <a href="https://doi.org/10.2307/2531595">E. DeLong et al., Comparing the Areas under Two or
 *     More Correlated ROC Curves, Biometrics 1988</a>
 */
public record AucEstimate(double value, double standardError, long independentPairs, long n)
    implements Estimate {
  /**
   * Returns the estimate, or empty when a class has fewer than two rows.
   *
   * @param scores the scores, shape [n]
   * @param labels 0 or 1, same shape
   */
  public static Optional<AucEstimate> of(double[] scores, double[] labels) {
    Placements placements = Placements.of(scores, labels);
    if (placements.rarer() < 2) {
      return Optional.empty();
    }
    MeanEstimate v10 = MeanEstimate.of(placements.ofPositives());
    MeanEstimate v01 = MeanEstimate.of(placements.ofNegatives());
    return Optional.of(
        new AucEstimate(
            v10.value(),
            Math.hypot(v10.standardError(), v01.standardError()),
            placements.rarer(),
            scores.length));
  }

  @Override
  public double lower(double alpha) {
    double student = value - quantile(alpha) * standardError;
    return Math.max(0, Math.min(student, Math.pow(alpha, 1.0 / independentPairs)));
  }

  @Override
  public double upper(double alpha) {
    double student = value + quantile(alpha) * standardError;
    return Math.min(1, Math.max(student, 1 - Math.pow(alpha, 1.0 / independentPairs)));
  }

  @Override
  public AucEstimate projected(double factor) {
    return new AucEstimate(
        value,
        standardError / Math.sqrt(factor),
        Math.max(2, Math.round(independentPairs * factor)),
        Math.round(n * factor));
  }

  private double quantile(double alpha) {
    return TDistribution.of(independentPairs - 1.0).inverseSurvivalProbability(alpha);
  }
}
