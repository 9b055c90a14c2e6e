package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code features}. */
final class FeaturesReader {
  private final YamlDocument yaml;

  FeaturesReader(YamlDocument yaml) {
    this.yaml = yaml;
  }

  /** Returns the features in their order. */
  List<FeatureSpec> read() {
    JsonNode features = yaml.at("/features");
    List<FeatureSpec> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < features.size(); i++) {
      FeatureSpec feature = feature(features.get(i), "/features/" + i);
      if (!names.add(feature.name())) {
        throw yaml.error("/features/" + i, "feature name '" + feature.name() + "' is taken");
      }
      requireNoLabel(feature, "/features/" + i);
      all.add(feature);
    }
    return all;
  }

  private FeatureSpec feature(JsonNode node, String at) {
    String name = node.path("name").asText();
    String field = node.path("field").asText(name);
    switch (node.path("type").asText()) {
      case "number":
        return new FeatureSpec.Number(name, field);
      case "category":
        return new FeatureSpec.Category(name, field, YamlDocument.texts(node.path("values")));
      case "hourOfDay":
        return new FeatureSpec.TimePart(name, FeatureSpec.Part.HOUR_OF_DAY);
      case "dayOfWeek":
        return new FeatureSpec.TimePart(name, FeatureSpec.Part.DAY_OF_WEEK);
      case "knownLabelRate":
        return new FeatureSpec.KnownLabelRate(
            name,
            yaml.duration(at + "/window", "PT24H"),
            YamlDocument.nullable(node.path("by")),
            node.path("prior").asDouble(0.5),
            node.path("weight").asDouble(10));
      case "derived":
        return aggregate(node, at);
      default:
        throw yaml.error(at, "unknown feature type " + node.path("type"));
    }
  }

  private FeatureSpec.Aggregate aggregate(JsonNode node, String at) {
    FeatureSpec.Scope scope =
        new FeatureSpec.Scope(
            node.path("over").asText().equals("labels")
                ? FeatureSpec.Source.LABELS
                : FeatureSpec.Source.EVENTS,
            YamlDocument.nullable(node.path("by")),
            yaml.duration(at + "/window", "PT24H"));
    FeatureSpec.Statistic statistic =
        FeatureSpec.Statistic.valueOf(
            node.path("aggregate").asText().replace('-', '_').toUpperCase(Locale.ROOT));
    String field = YamlDocument.nullable(node.path("field"));
    requireField(scope.over(), statistic, field, at);
    for (String key : List.of("values", "prior", "weight")) {
      if (node.has(key)) {
        throw yaml.error(at + "/" + key, "'" + key + "' is not for 'derived'; leave it out");
      }
    }
    if (node.has("lag") && statistic != FeatureSpec.Statistic.LAG) {
      throw yaml.error(at + "/lag", "'lag' says which value 'aggregate: lag' takes; leave it out");
    }
    return new FeatureSpec.Aggregate(
        node.path("name").asText(), scope, field, statistic, node.path("lag").asInt(1));
  }

  private void requireField(
      FeatureSpec.Source over, FeatureSpec.Statistic statistic, @Nullable String field, String at) {
    if (over == FeatureSpec.Source.LABELS && field != null) {
      throw yaml.error(at + "/field", "over labels the value is the label; leave out 'field'");
    }
    if (over == FeatureSpec.Source.EVENTS && field == null && statistic.readsValues()) {
      throw yaml.error(at, "this aggregate over events needs 'field', a number in them");
    }
  }

  /**
   * In a topic of both, the label's field is there to be read, and would tell what is to be
   * predicted.
   */
  private void requireNoLabel(FeatureSpec read, String at) {
    JsonNode events = yaml.at("/events");
    if (!events.at("/features/topic").equals(events.at("/labels/topic"))) {
      return;
    }
    String label = events.at("/labels/value").asText();
    boolean isRead = label.equals(fieldOf(read));
    if (read instanceof FeatureSpec.Derived derived) {
      isRead |= label.equals(derived.scope().by());
    }
    if (isRead) {
      throw yaml.error(
          at,
          "'"
              + label
              + "' is the label, which is not known at the event's time;"
              + " use a 'derived' feature with 'over: labels'");
    }
  }

  private static @Nullable String fieldOf(FeatureSpec feature) {
    if (feature instanceof FeatureSpec.Number number) {
      return number.field();
    }
    if (feature instanceof FeatureSpec.Category category) {
      return category.field();
    }
    return feature instanceof FeatureSpec.Aggregate aggregate ? aggregate.field() : null;
  }
}
