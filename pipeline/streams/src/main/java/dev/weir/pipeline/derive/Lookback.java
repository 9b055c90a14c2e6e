package dev.weir.pipeline.derive;

import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.FeatureSpec.Source;
import org.jspecify.annotations.Nullable;

/**
 * What a feature, or several, is computed from.
 *
 * @param scope which records
 * @param field the number in them; null for labels, and where only records and times matter
 */
record Lookback(FeatureSpec.Scope scope, @Nullable String field) {
  /** Returns what a feature looks back on. */
  static Lookback of(FeatureSpec.Derived feature) {
    String field = feature instanceof FeatureSpec.Aggregate aggregate ? aggregate.field() : null;
    return new Lookback(feature.scope(), field);
  }

  /** Returns the labels over all that a rate by a field falls back on. */
  static Lookback overall(FeatureSpec.KnownLabelRate rate) {
    return new Lookback(new FeatureSpec.Scope(Source.LABELS, null, rate.window()), null);
  }

  /** Returns how far back in its scope a feature asks. */
  static Depth depth(FeatureSpec.Derived feature) {
    if (feature instanceof FeatureSpec.Aggregate aggregate) {
      switch (aggregate.statistic()) {
        case LAST:
        case LAG:
        case SINCE_LAST:
          return new Depth(aggregate.lag(), false);
        default:
          return Depth.ALL;
      }
    }
    return Depth.ALL;
  }

  long windowMillis() {
    return scope.window().toMillis();
  }

  /**
   * How far back.
   *
   * @param latest how many of the latest values are wanted one by one
   * @param isAll whether all values are wanted
   */
  record Depth(int latest, boolean isAll) {
    static final Depth ALL = new Depth(0, true);

    /** Returns what is deep enough for both. */
    Depth or(Depth other) {
      return new Depth(Math.max(latest, other.latest), isAll || other.isAll);
    }
  }
}
