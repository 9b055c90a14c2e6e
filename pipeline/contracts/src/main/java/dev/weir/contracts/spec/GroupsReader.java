package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code groups}. */
final class GroupsReader {
  private final YamlDocument yaml;

  GroupsReader(YamlDocument yaml) {
    this.yaml = yaml;
  }

  /** Returns the groupings in their order. */
  List<GroupSpec> read() {
    List<GroupSpec> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode group : yaml.at("/groups")) {
      String at = "/groups/" + all.size();
      Map<String, List<String>> classes = new TreeMap<>();
      group
          .path("classes")
          .fields()
          .forEachRemaining(
              entry -> classes.put(entry.getKey(), YamlDocument.texts(entry.getValue())));
      String name = group.path("name").asText();
      if (!names.add(name)) {
        throw yaml.error(at, "group name '" + name + "' is taken");
      }
      requireDisjoint(classes, at + "/classes");
      all.add(
          new GroupSpec(
              name,
              group.path("field").asText(name),
              classes,
              YamlDocument.nullable(group.path("otherwise"))));
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
}
