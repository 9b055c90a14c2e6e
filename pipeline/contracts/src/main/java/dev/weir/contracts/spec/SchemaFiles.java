package dev.weir.contracts.spec;

import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Puts the schemas that {@code schemaFile} names into the text of a spec: the text travels to other
 * machines, and its digest must change with the schema. Lines keep their numbers.
 */
final class SchemaFiles {
  private static final LoadSettings KEEP_MARKS = LoadSettings.builder().build();

  private SchemaFiles() {}

  /**
   * Returns {@code text} with {@code schema: "…"} for each {@code schemaFile: …}.
   *
   * @param spec the spec's own path; schemas' paths are relative to its directory
   * @throws SpecException if such a file cannot be read
   */
  static String embedded(Path spec, String text) {
    List<NodeTuple> named = new ArrayList<>();
    root(text)
        .flatMap(root -> entry(root, "events"))
        .ifPresent(
            events -> {
              for (String topic : new String[] {"features", "labels", "groups"}) {
                entry(events, topic)
                    .flatMap(source -> entry(source, "schemaFile"))
                    .ifPresent(named::add);
              }
            });
    // From the end on, so that earlier places stay where they are.
    named.sort(Comparator.comparingInt((NodeTuple entry) -> start(entry)).reversed());
    String embedded = text;
    for (NodeTuple entry : named) {
      embedded =
          embedded.substring(0, offset(text, start(entry)))
              + "schema: "
              + quoted(spec, entry)
              + embedded.substring(offset(text, end(entry)));
    }
    return embedded;
  }

  private static Optional<Node> root(String text) {
    try {
      return new Compose(KEEP_MARKS).composeString(text);
    } catch (YamlEngineException e) {
      // The reader of the whole says what is wrong with it.
      return Optional.empty();
    }
  }

  private static Optional<NodeTuple> entry(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
            .findFirst()
        : Optional.empty();
  }

  private static Optional<NodeTuple> entry(NodeTuple parent, String key) {
    return entry(parent.getValueNode(), key);
  }

  private static String quoted(Path spec, NodeTuple entry) {
    String name = entry.getValueNode() instanceof ScalarNode value ? value.getValue() : "";
    Path file = spec.resolveSibling(name);
    try {
      // A JSON text is a double-quoted YAML text, on one line.
      return new String(Json.write(Files.readString(file)), StandardCharsets.UTF_8);
    } catch (IOException e) {
      int line = entry.getKeyNode().getStartMark().map(Mark::getLine).orElse(0) + 1;
      throw new SpecException(spec + ":" + line + ": the schema " + file + " cannot be read");
    }
  }

  private static int start(NodeTuple entry) {
    return entry.getKeyNode().getStartMark().map(Mark::getIndex).orElse(0);
  }

  private static int end(NodeTuple entry) {
    return entry.getValueNode().getEndMark().map(Mark::getIndex).orElse(0);
  }

  /** Marks count code points. */
  private static int offset(String text, int codePoints) {
    return text.offsetByCodePoints(0, codePoints);
  }
}
