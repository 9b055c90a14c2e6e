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

  /** A feature of what is known before an event's time, and not of the event itself. */
  sealed interface Derived extends FeatureSpec {
    /** Returns which records it is computed from. */
    Scope scope();

    /** Returns whether it has a value for every event, also when nothing is known before it. */
    boolean isAlwaysDefined();

    /** Returns whether it is a number in [0, 1] by what it means. */
    boolean isShare();
  }

  /** What a derived feature looks back on. */
  enum Source {
    /** Events, at their event times. */
    EVENTS,
    /** Labels, at their label times. */
    LABELS
  }

  /**
   * The records that a derived feature of an event at time t is computed from: those with a time in
   * (t − window, t), the event itself and its label left out.
   *
   * @param over events or labels
   * @param by the field whose value they share with the event, {@code entity} for example; null for
   *     all records
   * @param window how far back their times count
   */
  record Scope(Source over, @Nullable String by, Duration window) {}

  /**
   * The smoothed mean label among labels already known strictly before the event time.
   *
   * <p>Over all rows it is {@code (Σ y + w · prior) / (n + w)}; with {@code by}, over the labels of
   * the same field value, {@code prior} is the smoothed rate over all in the same window.
   *
   * @param name the feature's name
   * @param window how far back label times count
   * @param by the field whose value is compared; null for all
   * @param prior the rate before any label is known, in [0, 1]
   * @param weight the prior's weight in labels, &gt; 0
   */
  record KnownLabelRate(
      String name, Duration window, @Nullable String by, double prior, double weight)
      implements Derived {
    @Override
    public Scope scope() {
      return new Scope(Source.LABELS, by, window);
    }

    @Override
    public boolean isAlwaysDefined() {
      return true;
    }

    @Override
    public boolean isShare() {
      return true;
    }
  }

  /**
   * An aggregate of the values in a scope: of a number in events, or of labels. Values that are
   * missing in their record are left out.
   *
   * @param name the feature's name
   * @param scope which records
   * @param field the events' number; null over labels, whose value it is, and for aggregates that
   *     need the records only
   * @param statistic what of the values
   * @param lag which value back, 1 for the latest; 1 for all statistics but {@link Statistic#LAG}
   */
  record Aggregate(String name, Scope scope, @Nullable String field, Statistic statistic, int lag)
      implements Derived {
    public Aggregate {
      if (lag < 1) {
        throw new IllegalArgumentException("lag must be >= 1, was " + lag);
      }
    }

    @Override
    public boolean isAlwaysDefined() {
      return statistic == Statistic.COUNT || statistic == Statistic.SUM;
    }

    @Override
    public boolean isShare() {
      return statistic == Statistic.MEAN && scope.over() == Source.LABELS;
    }
  }

  /** What an aggregate says of its values; the undefined is NaN. */
  enum Statistic {
    /** How many there are, ≥ 0. */
    COUNT(false),
    /** Their sum; 0 of none. */
    SUM(true),
    /** Their mean; undefined of none. */
    MEAN(true),
    /** The smallest; undefined of none. */
    MIN(true),
    /** The largest; undefined of none. */
    MAX(true),
    /** The sample standard deviation, {@code √(Σ (x − mean)² / (n − 1))}; undefined below two. */
    STD(true),
    /** The latest; undefined of none. */
    LAST(true),
    /** The one so many back, 1 for the latest; undefined of fewer. */
    LAG(true),
    /** Seconds since the latest, &gt; 0; undefined of none. */
    SINCE_LAST(false);

    private final boolean readsValues;

    Statistic(boolean readsValues) {
      this.readsValues = readsValues;
    }

    /** Returns whether it needs the values, and not only the records and their times. */
    public boolean readsValues() {
      return readsValues;
    }
  }
}
