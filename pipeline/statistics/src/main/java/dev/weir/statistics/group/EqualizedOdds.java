package dev.weir.statistics.group;

import java.util.OptionalDouble;

/**
 * Equalized odds: true and false positive rate alike in all groups. Fairlearn 0.12's aggregations
 * {@code worst_case} and {@code mean}; empty where either rate cannot be compared.
 *
 * @param truePositiveRate how far the true positive rates lie apart
 * @param falsePositiveRate how far the false positive rates lie apart
 * @see <a href="https://arxiv.org/abs/1610.02413">M. Hardt et al., Equality of Opportunity in
 *     Supervised Learning, 2016</a>
 */
public record EqualizedOdds(Disparity truePositiveRate, Disparity falsePositiveRate) {

  /** Returns the larger of the two differences between groups. */
  public OptionalDouble worstDifference() {
    return Disparity.larger(
        truePositiveRate.differenceBetweenGroups(), falsePositiveRate.differenceBetweenGroups());
  }

  /** Returns the larger of the two differences to the overall rate. */
  public OptionalDouble worstDifferenceToOverall() {
    return Disparity.larger(
        truePositiveRate.differenceToOverall(), falsePositiveRate.differenceToOverall());
  }

  /** Returns the smaller of the two ratios between groups. */
  public OptionalDouble worstRatio() {
    return Disparity.smaller(
        truePositiveRate.ratioBetweenGroups(), falsePositiveRate.ratioBetweenGroups());
  }

  /** Returns the smaller of the two ratios to the overall rate. */
  public OptionalDouble worstRatioToOverall() {
    return Disparity.smaller(truePositiveRate.ratioToOverall(), falsePositiveRate.ratioToOverall());
  }

  /** Returns the mean of the two differences between groups. */
  public OptionalDouble meanDifference() {
    return mean(
        truePositiveRate.differenceBetweenGroups(), falsePositiveRate.differenceBetweenGroups());
  }

  /** Returns the mean of the two differences to the overall rate. */
  public OptionalDouble meanDifferenceToOverall() {
    return mean(truePositiveRate.differenceToOverall(), falsePositiveRate.differenceToOverall());
  }

  /** Returns the mean of the two ratios between groups. */
  public OptionalDouble meanRatio() {
    return mean(truePositiveRate.ratioBetweenGroups(), falsePositiveRate.ratioBetweenGroups());
  }

  /** Returns the mean of the two ratios to the overall rate. */
  public OptionalDouble meanRatioToOverall() {
    return mean(truePositiveRate.ratioToOverall(), falsePositiveRate.ratioToOverall());
  }

  private static OptionalDouble mean(OptionalDouble a, OptionalDouble b) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of((a.getAsDouble() + b.getAsDouble()) / 2)
        : OptionalDouble.empty();
  }
}
