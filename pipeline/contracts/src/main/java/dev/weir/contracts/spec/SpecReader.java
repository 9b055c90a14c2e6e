package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

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

  /**
   * Returns the spec in a file, with the schemas that it names as files.
   *
   * @throws SpecException as {@link #parse}, and if a schema cannot be read
   */
  public static ModelSpec read(Path file) throws IOException {
    return parse(file.toString(), SchemaFiles.embedded(file, Files.readString(file)));
  }

  /**
   * Returns an error in what only a role can check, with the line in the spec.
   *
   * @param pointer where, for example {@code /events/labels/expression}
   */
  public static SpecException error(ModelSpec spec, String pointer, String message) {
    return YamlDocument.parse("weir.yaml", spec.text(), SCHEMA)
        .error(pointer, pointer + " " + message);
  }

  private ModelSpec read() {
    JsonNode root = yaml.tree();
    Events events = new EventsReader(yaml).read();
    return new ModelSpec(
        root.path("model").asText(),
        root.path("version").asInt(),
        events,
        new FeaturesReader(yaml).read(),
        new GroupsReader(yaml).read(),
        training(root.path("training")),
        decisionThreshold(root.path("decisionThreshold")),
        new TriggersReader(yaml).read(),
        new MonitoringReader(yaml).read(events.tick()),
        new Rollout(
            root.path("rollout").path("promoteAtEvidence").asDouble(20),
            root.path("rollout").path("mostShadowLabels").asInt(5000)),
        about(root.path("about")),
        yaml.text(),
        Sha256.hex(Json.canonical(root)));
  }

  private static About about(JsonNode about) {
    return new About(
        Optional.ofNullable(YamlDocument.nullable(about.path("description"))),
        Optional.ofNullable(YamlDocument.nullable(about.path("intendedUse"))),
        Optional.ofNullable(YamlDocument.nullable(about.path("limitations"))),
        Optional.ofNullable(YamlDocument.nullable(about.path("license"))));
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
}
