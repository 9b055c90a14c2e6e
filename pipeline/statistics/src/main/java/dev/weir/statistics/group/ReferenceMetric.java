package dev.weir.statistics.group;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What is measured of a group against a reference group, by AIF360's names: differences are group −
 * reference, ratios group / reference. Empty where a rate of either side is undefined, or a
 * reference rate is 0 under a ratio.
 *
 * @see <a href="https://arxiv.org/abs/1810.01943">R. K. E. Bellamy et al., AI Fairness 360,
 *     2018</a>
 */
public enum ReferenceMetric {
  /** Difference of the selection rates. */
  STATISTICAL_PARITY_DIFFERENCE(difference(DecisionMetric.SELECTION_RATE::of)),
  /** Ratio of the selection rates: the four-fifths rule asks for 0.8. */
  DISPARATE_IMPACT(ratio(DecisionMetric.SELECTION_RATE::of)),
  /** Difference of the true positive rates. */
  EQUAL_OPPORTUNITY_DIFFERENCE(difference(DecisionMetric.TRUE_POSITIVE_RATE::of)),
  /** Mean of the differences of true and false positive rate; the two may cancel. */
  AVERAGE_ODDS_DIFFERENCE(
      odds((truePositive, falsePositive) -> (truePositive + falsePositive) / 2)),
  /** Mean of the absolute differences of true and false positive rate. */
  AVERAGE_ABS_ODDS_DIFFERENCE(
      odds(
          (truePositive, falsePositive) -> (Math.abs(truePositive) + Math.abs(falsePositive)) / 2)),
  /** The larger absolute difference of true and false positive rate. */
  EQUALIZED_ODDS_DIFFERENCE(
      odds(
          (truePositive, falsePositive) ->
              Math.max(Math.abs(truePositive), Math.abs(falsePositive)))),
  /** Difference of the false positive rates. */
  FALSE_POSITIVE_RATE_DIFFERENCE(difference(DecisionMetric.FALSE_POSITIVE_RATE::of)),
  /** Ratio of the false positive rates. */
  FALSE_POSITIVE_RATE_RATIO(ratio(DecisionMetric.FALSE_POSITIVE_RATE::of)),
  /** Difference of the false negative rates. */
  FALSE_NEGATIVE_RATE_DIFFERENCE(difference(DecisionMetric.FALSE_NEGATIVE_RATE::of)),
  /** Ratio of the false negative rates. */
  FALSE_NEGATIVE_RATE_RATIO(ratio(DecisionMetric.FALSE_NEGATIVE_RATE::of)),
  /** Difference of the shares of the selected that are negative. */
  FALSE_DISCOVERY_RATE_DIFFERENCE(difference(ReferenceMetric::falseDiscoveryRate)),
  /** Ratio of the shares of the selected that are negative. */
  FALSE_DISCOVERY_RATE_RATIO(ratio(ReferenceMetric::falseDiscoveryRate)),
  /** Difference of the shares of the refused that are positive. */
  FALSE_OMISSION_RATE_DIFFERENCE(difference(ReferenceMetric::falseOmissionRate)),
  /** Ratio of the shares of the refused that are positive. */
  FALSE_OMISSION_RATE_RATIO(ratio(ReferenceMetric::falseOmissionRate)),
  /** Difference of the shares that are not decided as labelled. */
  ERROR_RATE_DIFFERENCE(difference(ReferenceMetric::errorRate)),
  /** Ratio of the shares that are not decided as labelled. */
  ERROR_RATE_RATIO(ratio(ReferenceMetric::errorRate)),
  /** Difference of the precisions: predictive parity. */
  PREDICTIVE_PARITY_DIFFERENCE(difference(DecisionMetric.PRECISION::of)),
  /** Mean of the differences of precision and false omission rate. */
  AVERAGE_PREDICTIVE_VALUE_DIFFERENCE(
      both(
          difference(DecisionMetric.PRECISION::of),
          difference(ReferenceMetric::falseOmissionRate),
          (precision, falseOmission) -> (precision + falseOmission) / 2));

  private final BiFunction<Confusion, Confusion, OptionalDouble> value;

  ReferenceMetric(BiFunction<Confusion, Confusion, OptionalDouble> value) {
    this.value = value;
  }

  private interface Binary {
    double of(double a, double b);
  }

  private static BiFunction<Confusion, Confusion, OptionalDouble> difference(
      Function<Confusion, OptionalDouble> rate) {
    return (group, reference) -> combine(rate.apply(group), rate.apply(reference), (a, b) -> a - b);
  }

  private static BiFunction<Confusion, Confusion, OptionalDouble> ratio(
      Function<Confusion, OptionalDouble> rate) {
    return (group, reference) -> {
      OptionalDouble whole = rate.apply(reference);
      return whole.isPresent() && whole.getAsDouble() == 0
          ? OptionalDouble.empty()
          : combine(rate.apply(group), whole, (a, b) -> a / b);
    };
  }

  private static BiFunction<Confusion, Confusion, OptionalDouble> odds(Binary combined) {
    return both(
        difference(DecisionMetric.TRUE_POSITIVE_RATE::of),
        difference(DecisionMetric.FALSE_POSITIVE_RATE::of),
        combined);
  }

  private static BiFunction<Confusion, Confusion, OptionalDouble> both(
      BiFunction<Confusion, Confusion, OptionalDouble> first,
      BiFunction<Confusion, Confusion, OptionalDouble> second,
      Binary combined) {
    return (group, reference) ->
        combine(first.apply(group, reference), second.apply(group, reference), combined);
  }

  private static OptionalDouble combine(OptionalDouble a, OptionalDouble b, Binary combined) {
    return a.isPresent() && b.isPresent()
        ? OptionalDouble.of(combined.of(a.getAsDouble(), b.getAsDouble()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble falseDiscoveryRate(Confusion c) {
    return Confusion.ratio(c.falsePositives(), c.selected());
  }

  private static OptionalDouble falseOmissionRate(Confusion c) {
    return Confusion.ratio(c.falseNegatives(), c.total() - c.selected());
  }

  private static OptionalDouble errorRate(Confusion c) {
    return Confusion.ratio(c.falsePositives() + c.falseNegatives(), c.total());
  }

  /**
   * Returns the metric, or empty where it is undefined.
   *
   * @param group the group that is compared (AIF360's unprivileged)
   * @param reference the group it is compared with (AIF360's privileged)
   */
  public OptionalDouble of(Confusion group, Confusion reference) {
    return value.apply(group, reference);
  }

  /** Returns AIF360's name, for example {@code disparate_impact}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
