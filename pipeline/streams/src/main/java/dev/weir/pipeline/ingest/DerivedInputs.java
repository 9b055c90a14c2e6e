package dev.weir.pipeline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.feature.EventFields;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a record derived features will ask for: the fields that the spec names there. */
final class DerivedInputs {
  private final SortedSet<String> keys = new TreeSet<>();
  private final SortedSet<String> labelKeys = new TreeSet<>();
  private final SortedSet<String> numbers = new TreeSet<>();

  DerivedInputs(ModelSpec spec) {
    for (FeatureSpec.Derived feature : spec.derivedFeatures()) {
      String by = feature.scope().by();
      if (by != null) {
        keys.add(by);
        if (feature.scope().over() == FeatureSpec.Source.LABELS) {
          labelKeys.add(by);
        }
      }
      if (feature instanceof FeatureSpec.Aggregate aggregate && aggregate.field() != null) {
        numbers.add(aggregate.field());
      }
    }
  }

  /** Returns the values by which an event is told apart. */
  Map<String, String> keys(JsonNode event) {
    Map<String, String> found = new TreeMap<>();
    for (String field : keys) {
      EventFields.groupingValue(event.path(field), field)
          .ifPresent(value -> found.put(field, value));
    }
    return found;
  }

  /** Returns those that a label's record has; its event has the others. */
  Map<String, String> labelKeys(JsonNode label) {
    Map<String, String> found = new TreeMap<>();
    for (String field : labelKeys) {
      JsonNode node = label.path(field);
      if (node.isValueNode()) {
        EventFields.groupingValue(node, field).ifPresent(value -> found.put(field, value));
      }
    }
    return found;
  }

  /** Returns the numbers of an event that are aggregated. */
  Map<String, Double> numbers(JsonNode event) {
    Map<String, Double> found = new TreeMap<>();
    for (String field : numbers) {
      double value = EventFields.number(event.path(field), field);
      if (!Double.isNaN(value)) {
        found.put(field, value);
      }
    }
    return found;
  }
}
