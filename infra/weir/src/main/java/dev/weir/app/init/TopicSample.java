package dev.weir.app.init;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first records of a topic. */
public final class TopicSample {
  private final String source;
  private final Set<String> names = new LinkedHashSet<>();
  private final List<Map<String, String>> records = new ArrayList<>();
  private final Set<String> nested = new LinkedHashSet<>();
  private long unreadable;

  /** Creates an empty sample of a topic. */
  public TopicSample(String topic) {
    this.source = topic;
  }

  /** Takes the value of a record; what is no JSON object is counted. */
  public void add(byte @Nullable [] value) {
    JsonNode json = read(value);
    if (json == null) {
      unreadable++;
      return;
    }
    Map<String, String> cells = new LinkedHashMap<>();
    json.properties()
        .forEach(
            each -> {
              if (each.getValue().isValueNode()) {
                names.add(each.getKey());
                cells.put(each.getKey(), each.getValue().isNull() ? "" : each.getValue().asText());
              } else {
                nested.add(each.getKey());
              }
            });
    records.add(cells);
  }

  private static @Nullable JsonNode read(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      JsonNode json = Json.read(value, JsonNode.class);
      return json.isObject() ? json : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Returns how many records were no JSON object. */
  public long unreadable() {
    return unreadable;
  }

  /** Returns the fields that hold objects or arrays, which no feature can read. */
  public List<String> nested() {
    return List.copyOf(nested);
  }

  /**
   * Returns the records as a table.
   *
   * @throws InitException if there is none
   */
  Sample table() {
    if (records.isEmpty()) {
      throw new InitException(
          "topic "
              + source
              + " has no JSON object"
              + (unreadable == 0 ? "; is anything in it?" : " among " + unreadable + " records"));
    }
    List<String> columns = List.copyOf(names);
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, String> each : records) {
      rows.add(columns.stream().map(name -> each.getOrDefault(name, "")).toList());
    }
    return new Sample(source, columns, rows, rows.size() + unreadable);
  }
}
