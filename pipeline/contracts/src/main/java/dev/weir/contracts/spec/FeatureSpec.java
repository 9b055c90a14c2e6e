package dev.weir.contracts.spec;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One declared feature; it takes one position of the feature vector. */
public sealed interface FeatureSpec {
  /** Returns the feature's name, unique in the spec. */
  String name();

  /**
   * A number, taken from the event as it is; NaN when missing.
   *
   * @param name the feature's name
   * @param field the event's field
   */
  record Number(String name, String field) implements FeatureSpec {}

  /**
   * A category, encoded as its place in the vocabulary from 1; 0 when unseen or missing.
   *
   * @param name the feature's name
   * @param field the event's field
   * @param values the vocabulary
   */
  record Category(String name, String field, List<String> values) implements FeatureSpec {
    public Category {
      values = List.copyOf(values);
    }
  }

  /**
   * A part of the event time in UTC, encoded as a category from 1.
   *
   * @param name the feature's name
   * @param part which part
   */
  record TimePart(String name, Part part) implements FeatureSpec {}

  /** A part of a time. */
  enum Part {
    /** 0–23, code 1–24. */
    HOUR_OF_DAY(24),
    /** Monday–Sunday, code 1–7. */
    DAY_OF_WEEK(7);

    private final int cardinality;

    Part(int cardinality) {
      this.cardinality = cardinality;
    }

    /** Returns how many values it has. */
    public int cardinality() {
      return cardinality;
    }
  }

  /**
   * The smoothed mean label among labels already known strictly before the event time.
   *
   * <p>Over all rows it is {@code (Σ y + w · prior) / (n + w)}; with {@code by}, over the labels of
   * the same field value, {@code prior} is the smoothed rate over all in the same window.
   *
   * @param name the feature's name
   * @param window how far back label times count
   * @param by the field whose value is compared, in events and label records; null for all
   * @param prior the rate before any label is known, in [0, 1]
   * @param weight the prior's weight in labels, &gt; 0
   */
  record KnownLabelRate(
      String name, Duration window, @Nullable String by, double prior, double weight)
      implements FeatureSpec {}
}
