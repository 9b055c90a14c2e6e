package dev.weir.contracts.spec;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A grouping of rows that the audit compares.
 *
 * @param name the grouping's name
 * @param field the event's field
 * @param classes class to the field values in it; empty when the field's value is the group
 * @param otherwise the class of all other values; null when they keep their own value
 */
public record GroupSpec(
    String name, String field, Map<String, List<String>> classes, @Nullable String otherwise) {
  public GroupSpec {
    Map<String, List<String>> copy = new TreeMap<>();
    classes.forEach((k, v) -> copy.put(k, List.copyOf(v)));
    classes = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the groups that the spec names, whether or not a row is in them: the classes and that
   * of all other values; empty when the field's value is the group.
   */
  public SortedSet<String> declared() {
    SortedSet<String> declared = new TreeSet<>(classes.keySet());
    if (otherwise != null) {
      declared.add(otherwise);
    }
    return declared;
  }

  /** Returns the group of a field value. */
  public String groupOf(String value) {
    for (Map.Entry<String, List<String>> entry : classes.entrySet()) {
      if (entry.getValue().contains(value)) {
        return entry.getKey();
      }
    }
    return otherwise == null ? value : otherwise;
  }
}
