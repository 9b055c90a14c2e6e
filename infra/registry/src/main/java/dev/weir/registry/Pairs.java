package dev.weir.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Lists of objects with a name and a value, as MLflow writes tags, parameters and aliases. */
final class Pairs {
  private Pairs() {}

  /** Sets {@code name → value} in the list, which keeps its order. */
  static void put(ArrayNode list, String nameField, String name, String valueField, String value) {
    for (JsonNode pair : list) {
      if (pair.path(nameField).asText().equals(name) && pair instanceof ObjectNode object) {
        object.put(valueField, value);
        return;
      }
    }
    list.addObject().put(nameField, name).put(valueField, value);
  }

  static void tag(ArrayNode list, String key, String value) {
    put(list, "key", key, "value", value);
  }

  static void tags(ArrayNode list, JsonNode given) {
    for (JsonNode tag : given) {
      tag(list, tag.path("key").asText(), tag.path("value").asText());
    }
  }

  /** Returns the value of a name, or the empty text. */
  static String value(JsonNode list, String nameField, String name, String valueField) {
    for (JsonNode pair : list) {
      if (pair.path(nameField).asText().equals(name)) {
        return pair.path(valueField).asText();
      }
    }
    return "";
  }

  static void remove(ArrayNode list, String nameField, String name) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.path(i).path(nameField).asText().equals(name)) {
        list.remove(i);
      }
    }
  }
}
