package dev.weir.statistics.group;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What is measured of decisions, by Fairlearn's names. Empty where the denominator is 0: Fairlearn
 * 0.12 and scikit-learn 1.2 say 0 there, so that a group without positives looks as if each of its
 * positives had been missed.
 */
public enum DecisionMetric {
  /** Rows, unweighted. */
  COUNT(c -> OptionalDouble.of(c.rows())),
  /** Share that is selected. */
  SELECTION_RATE(c -> Confusion.ratio(c.selected(), c.total())),
  /** Share of the positives that is selected. */
  TRUE_POSITIVE_RATE(c -> Confusion.ratio(c.truePositives(), c.positives())),
  /** Share of the negatives that is selected. */
  FALSE_POSITIVE_RATE(c -> Confusion.ratio(c.falsePositives(), c.negatives())),
  /** Share of the negatives that is not selected. */
  TRUE_NEGATIVE_RATE(c -> Confusion.ratio(c.trueNegatives(), c.negatives())),
  /** Share of the positives that is not selected. */
  FALSE_NEGATIVE_RATE(c -> Confusion.ratio(c.falseNegatives(), c.positives())),
  /** Share that is decided as labelled. */
  ACCURACY(c -> Confusion.ratio(c.truePositives() + c.trueNegatives(), c.total())),
  /** Mean of true positive and true negative rate; empty when a class is absent. */
  BALANCED_ACCURACY(DecisionMetric::balancedAccuracy),
  /** Share of the selected that is positive. */
  PRECISION(c -> Confusion.ratio(c.truePositives(), c.selected())),
  /** The true positive rate under its other name. */
  RECALL(TRUE_POSITIVE_RATE::of),
  /** {@code 2 TP / (2 TP + FP + FN)}; empty when nothing is positive and nothing selected. */
  F1(c -> Confusion.ratio(2 * c.truePositives(), c.selected() + c.positives()));

  private final Function<Confusion, OptionalDouble> value;

  DecisionMetric(Function<Confusion, OptionalDouble> value) {
    this.value = value;
  }

  private static OptionalDouble balancedAccuracy(Confusion c) {
    OptionalDouble tpr = TRUE_POSITIVE_RATE.of(c);
    OptionalDouble tnr = TRUE_NEGATIVE_RATE.of(c);
    return tpr.isPresent() && tnr.isPresent()
        ? OptionalDouble.of((tpr.getAsDouble() + tnr.getAsDouble()) / 2)
        : OptionalDouble.empty();
  }

  /** Returns the metric, or empty where it is undefined. */
  public OptionalDouble of(Confusion confusion) {
    return value.apply(confusion);
  }

  /** Returns Fairlearn's name, for example {@code true_positive_rate}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
