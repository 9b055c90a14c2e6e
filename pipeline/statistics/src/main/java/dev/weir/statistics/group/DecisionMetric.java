package dev.weir.statistics.group;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is measured of decisions, by Fairlearn's names. Empty where the denominator is 0: Fairlearn
 * 0.12 and scikit-learn 1.2 say 0 there, so that a group without positives looks as if each of its
 * positives had been missed.
 */
public enum DecisionMetric {
  /** Rows, unweighted. */
  COUNT {
    @Override
    public OptionalDouble of(Confusion c) {
      return OptionalDouble.of(c.rows());
    }
  },
  /** Share that is selected. */
  SELECTION_RATE {
    @Override
    public OptionalDouble of(Confusion c) {
      return Confusion.ratio(c.selected(), c.total());
    }
  },
  /** Share of the positives that is selected. */
  TRUE_POSITIVE_RATE {
    @Override
    public OptionalDouble of(Confusion c) {
      return Confusion.ratio(c.truePositives(), c.positives());
    }
  },
  /** Share of the negatives that is selected. */
  FALSE_POSITIVE_RATE {
    @Override
    public OptionalDouble of(Confusion c) {
      return Confusion.ratio(c.falsePositives(), c.negatives());
    }
  },
  /** Share of the negatives that is not selected. */
  TRUE_NEGATIVE_RATE {
    @Override
    public OptionalDouble of(Confusion c) {
      return Confusion.ratio(c.trueNegatives(), c.negatives());
    }
  },
  /** Share of the positives that is not selected. */
  FALSE_NEGATIVE_RATE {
    @Override
    public OptionalDouble of(Confusion c) {
      return Confusion.ratio(c.falseNegatives(), c.positives());
    }
  },
  /** Share that is decided as labelled. */
  ACCURACY {
    @Override
    public OptionalDouble of(Confusion c) {
      return Confusion.ratio(c.truePositives() + c.trueNegatives(), c.total());
    }
  },
  /** Mean of true positive and true negative rate; empty when a class is absent. */
  BALANCED_ACCURACY {
    @Override
    public OptionalDouble of(Confusion c) {
      OptionalDouble tpr = TRUE_POSITIVE_RATE.of(c);
      OptionalDouble tnr = TRUE_NEGATIVE_RATE.of(c);
      return tpr.isPresent() && tnr.isPresent()
          ? OptionalDouble.of((tpr.getAsDouble() + tnr.getAsDouble()) / 2)
          : OptionalDouble.empty();
    }
  },
  /** Share of the selected that is positive. */
  PRECISION {
    @Override
    public OptionalDouble of(Confusion c) {
      return Confusion.ratio(c.truePositives(), c.selected());
    }
  },
  /** The true positive rate under its other name. */
  RECALL {
    @Override
    public OptionalDouble of(Confusion c) {
      return TRUE_POSITIVE_RATE.of(c);
    }
  },
  /** {@code 2 TP / (2 TP + FP + FN)}; empty when nothing is positive and nothing selected. */
  F1 {
    @Override
    public OptionalDouble of(Confusion c) {
      return Confusion.ratio(2 * c.truePositives(), c.selected() + c.positives());
    }
  };

  /** Returns the metric, or empty where it is undefined. */
  public abstract OptionalDouble of(Confusion confusion);

  /** Returns Fairlearn's name, for example {@code true_positive_rate}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
