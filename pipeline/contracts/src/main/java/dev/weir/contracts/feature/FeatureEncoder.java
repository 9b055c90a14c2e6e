package dev.weir.contracts.feature;

import static dev.weir.contracts.feature.EventException.Reason.WRONG_TYPE;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.GroupSpec;
import dev.weir.contracts.spec.ModelSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Turns an event into its feature vector; fixed by the spec, nothing in it is learned. Immutable
 * and thread-safe.
 */
public final class FeatureEncoder {
  private final ModelSpec spec;
  private final List<Map<String, Integer>> codes;

  /** Creates the encoder of {@code spec}. */
  public FeatureEncoder(ModelSpec spec) {
    this.spec = spec;
    this.codes = spec.features().stream().map(FeatureEncoder::codes).toList();
  }

  private static Map<String, Integer> codes(FeatureSpec feature) {
    Map<String, Integer> codes = new HashMap<>();
    if (feature instanceof FeatureSpec.Category category) {
      for (String value : category.values()) {
        codes.putIfAbsent(value, codes.size() + 1);
      }
    }
    return codes;
  }

  /**
   * Returns the vector of one event.
   *
   * @param event the event's fields
   * @param eventTime its time
   * @param derived gives the value of each derived feature
   * @throws EventException if a field has the wrong type or a number is not finite
   */
  public FeatureVector encode(
      JsonNode event, Instant eventTime, ToDoubleFunction<FeatureSpec.Derived> derived) {
    float[] values = new float[spec.features().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value(spec.features().get(i), i, event, eventTime, derived);
    }
    return FeatureVector.of(values);
  }

  private double value(
      FeatureSpec feature,
      int position,
      JsonNode event,
      Instant eventTime,
      ToDoubleFunction<FeatureSpec.Derived> derived) {
    if (feature instanceof FeatureSpec.Number number) {
      return EventFields.number(event.path(number.field()), number.field());
    }
    if (feature instanceof FeatureSpec.Category category) {
      return code(event.path(category.field()), category.field(), codes.get(position));
    }
    if (feature instanceof FeatureSpec.TimePart time) {
      ZonedDateTime utc = eventTime.atZone(ZoneOffset.UTC);
      return time.part() == FeatureSpec.Part.HOUR_OF_DAY
          ? utc.getHour() + 1
          : utc.getDayOfWeek().getValue();
    }
    return derived.applyAsDouble((FeatureSpec.Derived) feature);
  }

  private static int code(JsonNode node, String field, Map<String, Integer> codes) {
    if (node.isMissingNode() || node.isNull()) {
      return 0;
    }
    if (!node.isValueNode()) {
      throw new EventException(WRONG_TYPE, "field '" + field + "' must be a text or a number");
    }
    return codes.getOrDefault(node.asText(), 0);
  }

  /**
   * Returns the group values of one event; a missing field gives no group, and none is read where
   * they come from a topic of their own.
   */
  public Map<String, String> groups(JsonNode event) {
    Map<String, String> groups = new TreeMap<>();
    for (GroupSpec group : spec.groupsInRows()) {
      JsonNode value = event.path(group.field());
      if (value.isValueNode() && !value.isNull()) {
        groups.put(group.name(), group.groupOf(value.asText()));
      }
    }
    return groups;
  }
}
