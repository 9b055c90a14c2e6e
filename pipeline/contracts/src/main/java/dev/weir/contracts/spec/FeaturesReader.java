package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
      default:
        throw yaml.error(at, "unknown feature type " + node.path("type"));
    }
  }
}
