package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.serde.Json;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads {@code weir.yaml}: the schema first, then what a schema cannot say. */
public final class SpecReader {
  private static final String SCHEMA = "weir.schema.json";

  private final YamlDocument yaml;

  private SpecReader(YamlDocument yaml) {
    this.yaml = yaml;
  }

  /**
   * Returns the spec in {@code text}.
   *
   * @param file the name to put into error messages
   * @throws SpecException with one line {@code file:line: problem} per problem
   */
  public static ModelSpec parse(String file, String text) {
    return new SpecReader(YamlDocument.parse(file, text, SCHEMA)).read();
  }

  private ModelSpec read() {
    JsonNode root = yaml.tree();
    return new ModelSpec(
        root.path("model").asText(),
        root.path("version").asInt(),
        events(root.path("events")),
        features(root.path("features")),
        groups(root.path("groups")),
        training(root.path("training")),
        decisionThreshold(root.path("decisionThreshold")),
        triggers(root.path("triggers")),
        new Rollout(
            root.path("rollout").path("promoteAtEvidence").asDouble(20),
            root.path("rollout").path("mostShadowLabels").asInt(5000)),
        about(root.path("about")),
        yaml.text(),
        Sha256.hex(Json.canonical(root)));
  }

  private static About about(JsonNode about) {
    return new About(
        Optional.ofNullable(nullable(about.path("description"))),
        Optional.ofNullable(nullable(about.path("intendedUse"))),
        Optional.ofNullable(nullable(about.path("limitations"))),
        Optional.ofNullable(nullable(about.path("license"))));
  }

  private Events events(JsonNode events) {
    JsonNode features = events.path("features");
    JsonNode labels = events.path("labels");
    return new Events(
        new Events.FeatureSource(
            features.path("topic").asText(),
            features.path("id").asText(),
            features.path("time").asText(),
            features.path("entity").asText(features.path("id").asText())),
        new Events.LabelSource(
            labels.path("topic").asText(),
            labels.path("id").asText(),
            labels.path("time").asText(),
            labels.path("value").asText()),
        duration("/events/labelWithin", "P7D"),
        missingLabels(events),
        duration("/events/maxAhead", "PT1H"),
        duration("/events/tick", "PT6H"));
  }

  private static MissingLabels missingLabels(JsonNode events) {
    JsonNode label = events.path("onExpiry").path("label");
    JsonNode decision = events.path("observedWhen");
    return new MissingLabels(
        label.isNumber() ? label.asDouble() : null,
        decision.isTextual()
            ? MissingLabels.Decision.valueOf(decision.asText().toUpperCase(Locale.ROOT))
            : null);
  }

  private List<FeatureSpec> features(JsonNode features) {
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
        return new FeatureSpec.Category(name, field, texts(node.path("values")));
      case "hourOfDay":
        return new FeatureSpec.TimePart(name, FeatureSpec.Part.HOUR_OF_DAY);
      case "dayOfWeek":
        return new FeatureSpec.TimePart(name, FeatureSpec.Part.DAY_OF_WEEK);
      case "knownLabelRate":
        return new FeatureSpec.KnownLabelRate(
            name,
            duration(at + "/window", "PT24H"),
            nullable(node.path("by")),
            node.path("prior").asDouble(0.5),
            node.path("weight").asDouble(10));
      default:
        throw yaml.error(at, "unknown feature type " + node.path("type"));
    }
  }

  private List<GroupSpec> groups(JsonNode groups) {
    List<GroupSpec> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode group : groups) {
      String at = "/groups/" + all.size();
      Map<String, List<String>> classes = new TreeMap<>();
      group
          .path("classes")
          .fields()
          .forEachRemaining(entry -> classes.put(entry.getKey(), texts(entry.getValue())));
      String name = group.path("name").asText();
      if (!names.add(name)) {
        throw yaml.error(at, "group name '" + name + "' is taken");
      }
      requireDisjoint(classes, at + "/classes");
      all.add(
          new GroupSpec(
              name, group.path("field").asText(name), classes, nullable(group.path("otherwise"))));
    }
    return all;
  }

  private void requireDisjoint(Map<String, List<String>> classes, String at) {
    Map<String, String> classOf = new HashMap<>();
    classes.forEach(
        (name, values) ->
            values.forEach(
                value -> {
                  String other = classOf.putIfAbsent(value, name);
                  if (other != null) {
                    throw yaml.error(
                        at, "'" + value + "' is in class '" + other + "' and in '" + name + "'");
                  }
                }));
  }

  private static Training training(JsonNode t) {
    JsonNode network = t.path("network");
    JsonNode optimizer = t.path("optimizer");
    List<Integer> hidden =
        StreamSupport.stream(network.path("hidden").spliterator(), false)
            .map(JsonNode::asInt)
            .toList();
    return new Training(
        hidden,
        network.path("dropout").asDouble(0),
        network.path("batchNorm").asBoolean(true),
        optimizer.path("learningRate").asDouble(1e-3),
        optimizer.path("weightDecay").asDouble(0),
        t.path("batchSize").asInt(64),
        t.path("epochs").asInt(50),
        t.path("patience").asInt(5),
        t.path("validationShare").asDouble(0.15),
        t.path("evaluationShare").asDouble(0.4),
        t.path("seed").asLong(1));
  }

  private static DecisionThreshold decisionThreshold(JsonNode node) {
    return node.isNumber()
        ? new DecisionThreshold.Fixed(node.asDouble())
        : new DecisionThreshold.BaseRate();
  }

  private Triggers triggers(JsonNode t) {
    JsonNode drift = t.path("drift");
    return new Triggers(
        new Triggers.OnVolume(t.path("volume").path("examples").asInt()),
        new Triggers.OnDrift(
            drift.path("delta").asDouble(0.002),
            drift.path("waitForExamples").asInt(300),
            drift.path("window").asInt(1000),
            duration("/triggers/drift/cooldown", "P1D")));
  }

  private Duration duration(String pointer, String otherwise) {
    String text = yaml.at(pointer).asText(otherwise);
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative() || duration.isZero()) {
        throw yaml.error(pointer, "must be longer than zero, was " + text);
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw yaml.error(pointer, "'" + text + "' is no ISO-8601 duration, write for example PT6H");
    }
  }

  private static @Nullable String nullable(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? null : node.asText();
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
