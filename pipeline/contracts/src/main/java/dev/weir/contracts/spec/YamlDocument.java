package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML text as a JSON tree that still knows its lines; immutable. */
public final class YamlDocument {
  private final String file;
  private final String text;
  private final Node root;
  private final JsonNode tree;

  private YamlDocument(String file, String text, Node root, JsonNode tree) {
    this.file = file;
    this.text = text;
    this.root = root;
    this.tree = tree;
  }

  /**
   * Parses a text and checks it against a JSON Schema.
   *
   * @param file the name to put into error messages
   * @param text the YAML
   * @param schemaResource class path name of the schema
   * @throws SpecException if the text is no YAML or breaks the schema
   */
  public static YamlDocument parse(String file, String text, String schemaResource) {
    LoadSettings settings = LoadSettings.builder().setLabel(file).build();
    try {
      Node root =
          new Compose(settings)
              .composeString(text)
              .orElseThrow(() -> new SpecException(file + ":1: the file is empty"));
      JsonNode tree = Json.tree(Optional.ofNullable(new Load(settings).loadFromString(text)));
      YamlDocument document = new YamlDocument(file, text, root, tree);
      document.requireFinite(tree, "");
      document.validate(schemaResource);
      return document;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new SpecException(file + ":" + line + ": not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw new SpecException(file + ":1: not YAML: " + e.getMessage());
    }
  }

  /** Returns the text as it was given. */
  public String text() {
    return text;
  }

  /** Returns the tree. */
  public JsonNode tree() {
    return tree;
  }

  /** Returns an error that names the line of a JSON pointer, for example {@code /features/3}. */
  public SpecException error(String pointer, String message) {
    return new SpecException(file + ":" + line(pointer) + ": " + message);
  }

  /** YAML knows infinities and NaN, JSON and its schemas do not. */
  private void requireFinite(JsonNode node, String pointer) {
    if (node.isDouble() && !Double.isFinite(node.asDouble())) {
      throw error(pointer, "must be a finite number, was " + node.asDouble());
    }
    node.fields()
        .forEachRemaining(
            entry -> requireFinite(entry.getValue(), pointer + "/" + escape(entry.getKey())));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        requireFinite(node.get(i), pointer + "/" + i);
      }
    }
  }

  private void validate(String schemaResource) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(read(schemaResource), InputFormat.JSON);
    List<Problem> problems =
        schema.validate(tree).stream()
            .map(this::problem)
            .sorted(Comparator.comparingInt(Problem::line).thenComparing(Problem::message))
            .distinct()
            .toList();
    if (!problems.isEmpty()) {
      throw new SpecException(
          problems.stream()
              .map(p -> file + ":" + p.line() + ": " + p.message())
              .collect(Collectors.joining("\n")));
    }
  }

  private Problem problem(com.networknt.schema.Error error) {
    String pointer = error.getInstanceLocation().toString();
    String message = (pointer.isEmpty() ? "/" : pointer) + " " + error.getMessage();
    // The schema blames the object; the line to mend is that of the key that should not be there.
    boolean isUnknownKey = "additionalProperties".equals(error.getKeyword());
    return new Problem(
        line(isUnknownKey ? pointer + "/" + escape(error.getProperty()) : pointer), message);
  }

  private record Problem(int line, String message) {}

  private static String read(String resource) {
    try (InputStream in = YamlDocument.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("schema " + resource + " is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("schema " + resource + " is not readable", e);
    }
  }

  /** Returns the line of the last step that exists: of its key, or of the item in a list. */
  private int line(String pointer) {
    Step at = new Step(root, root);
    for (String step : pointer.split("/", -1)) {
      if (!step.isEmpty()) {
        Optional<Step> next = child(at.value(), step.replace("~1", "/").replace("~0", "~"));
        if (next.isEmpty()) {
          break;
        }
        at = next.get();
      }
    }
    return at.shown().getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }

  private static Optional<Step> child(Node node, String step) {
    if (node instanceof SequenceNode sequence && step.chars().allMatch(Character::isDigit)) {
      int index = Integer.parseInt(step);
      return sequence.getValue().stream().skip(index).findFirst().map(item -> new Step(item, item));
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(step)) {
          return Optional.of(new Step(key, tuple.getValueNode()));
        }
      }
    }
    return Optional.empty();
  }

  /** A node and the node whose line a user should look at: its key, where it has one. */
  private record Step(Node shown, Node value) {}

  /** Returns the node at a JSON pointer, or a missing node. */
  public JsonNode at(String pointer) {
    JsonNode node = tree.at(pointer);
    return node == null ? MissingNode.getInstance() : node;
  }

  /**
   * Returns the duration at a JSON pointer.
   *
   * @param pointer where it stands
   * @param otherwise the duration where nothing stands
   * @throws SpecException if it is no ISO-8601 duration, or not longer than zero
   */
  Duration duration(String pointer, String otherwise) {
    String text = at(pointer).asText(otherwise);
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative() || duration.isZero()) {
        throw error(pointer, "must be longer than zero, was " + text);
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw error(pointer, "'" + text + "' is no ISO-8601 duration, write for example PT6H");
    }
  }

  /** Returns a node's text; null where there is none. */
  static @Nullable String nullable(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? null : node.asText();
  }

  /** Returns the texts in an array. */
  static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
