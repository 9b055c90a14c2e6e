package dev.weir.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.Samples;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/reference/spec.md} and {@code policy.md} with the published schemas. */
class SpecReferenceTest {
  private static final Path PAGE = Path.of("../../docs/reference/spec.md");
  private static final Path POLICY_PAGE = Path.of("../../docs/reference/policy.md");

  @Test
  void everyKeyOfASpecIsDocumentedAndNoOther() throws IOException {
    String table = section(PAGE, "# `weir.yaml`", "## Feature types");

    assertThat(documented(table)).isEqualTo(keys("spec/weir.schema.json"));
  }

  @Test
  void everyKeyOfAPolicyIsDocumentedAndNoOther() throws IOException {
    String table = section(POLICY_PAGE, "# The policy", "## Metrics");

    assertThat(documented(table)).isEqualTo(keys("policy/policy.schema.json"));
  }

  @Test
  void requiredKeysAreBold() throws IOException {
    String page = Files.readString(PAGE) + Files.readString(POLICY_PAGE);
    for (String schema : new String[] {"spec/weir.schema.json", "policy/policy.schema.json"}) {
      Set<String> required = new TreeSet<>();
      collect(schema(schema), "", new TreeSet<>(), required);
      for (String key : required) {
        assertThat(page).as(key).contains("**`" + key + "`**");
      }
    }
  }

  @Test
  void everyMetricAndFeatureTypeIsDocumented() throws IOException {
    String page = Files.readString(PAGE) + Files.readString(POLICY_PAGE);
    JsonNode metrics =
        schema("policy/policy.schema.json").at("/properties/gates/items/properties/metric/enum");
    JsonNode types =
        schema("spec/weir.schema.json").at("/properties/features/items/properties/type/enum");

    assertThat(metrics).isNotEmpty();
    assertThat(types).isNotEmpty();
    metrics.forEach(metric -> assertThat(page).contains("`" + metric.asText() + "`"));
    types.forEach(type -> assertThat(page).contains("`" + type.asText() + "`"));
  }

  private static String section(Path file, String from, String to) throws IOException {
    String page = Files.readString(file);
    return page.substring(page.indexOf(from), page.indexOf(to));
  }

  /** Returns the keys in the first column of the table. */
  private static Set<String> documented(String table) {
    return table
        .lines()
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .map(line -> line.split("\\|")[1])
        .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> keys(String schema) {
    Set<String> keys = new TreeSet<>();
    collect(schema(schema), "", keys, new TreeSet<>());
    return keys;
  }

  private static void collect(JsonNode node, String at, Set<String> keys, Set<String> required) {
    JsonNode map = node.has("items") ? node.path("items") : node;
    String prefix = node.has("items") ? at + "[]" : at;
    map.path("required").forEach(key -> required.add(join(prefix, key.asText())));
    map.path("properties")
        .fields()
        .forEachRemaining(
            entry -> {
              String key = join(prefix, entry.getKey());
              keys.add(key);
              collect(entry.getValue(), key, keys, required);
            });
  }

  private static String join(String prefix, String key) {
    return prefix.isEmpty() ? key : prefix + "." + key;
  }

  private static JsonNode schema(String name) {
    return Json.read(Samples.resource(name), JsonNode.class);
  }
}
