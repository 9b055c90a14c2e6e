package dev.weir.pipeline.derive;

import dev.weir.contracts.spec.FeatureSpec;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Scopes of one kind: all events or labels, or those of each value of a field.
 *
 * @param over events or labels
 * @param by the field; null for all
 */
record Lane(FeatureSpec.Source over, @Nullable String by) {
  static Lane of(FeatureSpec.Scope scope) {
    return new Lane(scope.over(), scope.by());
  }

  /** Returns the name of the scope of a record with these keys; empty when its key is missing. */
  Optional<String> scope(Map<String, String> keys) {
    if (by == null) {
      return Optional.of(over + ":*");
    }
    String value = keys.get(by);
    // The length keeps a field with '=' in its name apart from a value with one.
    return value == null
        ? Optional.empty()
        : Optional.of(over + ":" + by.length() + ":" + by + "=" + value);
  }
}
