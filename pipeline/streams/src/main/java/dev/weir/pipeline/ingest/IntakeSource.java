package dev.weir.pipeline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.feature.EventFields;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One of the user's topics: features, labels or, where the spec names one topic for both, both.
 *
 * <p>A record of a topic of both gives a label when it has the label's field. It gives an event
 * when it has not, and also when it has and there is a field that a feature reads as well.
 */
public enum IntakeSource {
  FEATURES,
  LABELS,
  BOTH;

  /** Returns the sources of a spec. */
  public static List<IntakeSource> of(ModelSpec spec) {
    boolean isOne = spec.events().features().topic().equals(spec.events().labels().topic());
    return isOne ? List.of(BOTH) : List.of(FEATURES, LABELS);
  }

  /** Returns the user's topic. */
  public String topic(ModelSpec spec) {
    return this == LABELS ? spec.events().labels().topic() : spec.events().features().topic();
  }

  /** Returns the name of the intake that reads it. */
  public String intake() {
    return "intake-" + name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether records may give events. */
  public boolean hasEvents() {
    return this != LABELS;
  }

  /** Returns whether records may give labels. */
  public boolean hasLabels() {
    return this != FEATURES;
  }

  boolean isLabel(JsonNode record, Events events) {
    return this == LABELS
        || (this == BOTH && EventFields.isThere(record.path(events.labels().label().text())));
  }

  boolean isEvent(JsonNode record, Events events, Set<String> featureFields) {
    return this == FEATURES
        || (this == BOTH
            && (!isLabel(record, events)
                || featureFields.isEmpty()
                || featureFields.stream().anyMatch(record::has)));
  }

  /**
   * Returns the fields that tell an event from a label: what features read, but for id and time.
   */
  static Set<String> featureFields(ModelSpec spec) {
    Events events = spec.events();
    List<String> others =
        List.of(
            events.features().id(),
            events.features().time(),
            events.features().entity(),
            events.labels().id(),
            events.labels().time());
    return spec.features().stream()
        .map(IntakeSource::field)
        .filter(field -> !field.isEmpty() && !others.contains(field))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String field(FeatureSpec feature) {
    if (feature instanceof FeatureSpec.Number number) {
      return number.field();
    }
    return feature instanceof FeatureSpec.Category category ? category.field() : "";
  }
}
