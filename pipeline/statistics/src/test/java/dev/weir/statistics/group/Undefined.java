package dev.weir.statistics.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.golden.GoldenFile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The keys of a golden file that depend on a rate without a row to count, found from the rows and
 * not from our metrics.
 */
final class Undefined {
  private static final Set<String> OF_POSITIVES =
      Set.of("true_positive_rate", "false_negative_rate", "recall");
  private static final Set<String> OF_NEGATIVES =
      Set.of("false_positive_rate", "true_negative_rate");
  private static final String OVERALL = "all rows";

  private final GoldenTable table;

  /** The groups by the metric that is undefined in them. */
  private final Map<String, Set<String>> cells = new TreeMap<>();

  Undefined(GoldenFile file) {
    table = new GoldenTable(file);
    table.cells().forEach(cell -> add(cell, table.counts(cell::equals)));
    add(OVERALL, table.counts(cell -> true));
  }

  private void add(String cell, GoldenTable.Counts counts) {
    if (counts.positives() == 0) {
      add(cell, OF_POSITIVES);
    }
    if (counts.negatives() == 0) {
      add(cell, OF_NEGATIVES);
    }
    if (counts.positives() == 0 || counts.negatives() == 0) {
      add(cell, List.of("balanced_accuracy", "roc_auc"));
    }
    if (counts.selected() == 0) {
      add(cell, List.of("precision"));
    }
    if (counts.selected() == 0 && counts.positives() == 0) {
      add(cell, List.of("f1"));
    }
  }

  private void add(String cell, Collection<String> names) {
    names.forEach(name -> cells.computeIfAbsent(name, any -> new TreeSet<>()).add(cell));
  }

  /** Returns whether a figure is undefined, or compares groups in some of which it is undefined. */
  boolean explains(String key) {
    if (!key.startsWith("/fairlearn/")) {
      return false;
    }
    if (key.startsWith("/fairlearn/named/")) {
      return isNamedUndefined(key);
    }
    String[] parts = key.split("/", -1);
    Set<String> undefined = cells.getOrDefault(parts[4], Set.of());
    switch (parts[3]) {
      case "by_group":
        return undefined.contains(parts[5]) || !table.cells().contains(parts[5]);
      case "overall":
        return undefined.contains(OVERALL);
      case "group_min":
      case "group_max":
        return !undefined.isEmpty() && !parts[4].equals("roc_auc");
      default:
        return isAlone(undefined) || !undefined.isEmpty() && !parts[4].equals("roc_auc");
    }
  }

  private boolean isNamedUndefined(String key) {
    return isAlone(Set.of())
        || key.contains("equal") && cells.containsKey("true_positive_rate")
        || key.contains("equalized") && cells.containsKey("false_positive_rate");
  }

  /** One group that has the metric differs from nobody; Fairlearn says that the difference is 0. */
  private boolean isAlone(Set<String> undefined) {
    return table.cells().stream().filter(cell -> !undefined.contains(cell)).count() < 2;
  }

  /**
   * In a group ours is empty and the library's 0 or NaN (but scikit-learn's balanced accuracy takes
   * the class that is there); between groups both may be anything.
   */
  void check(String key, OptionalDouble ours, double expected) {
    if (key.contains("/by_group/") || key.contains("/overall/")) {
      boolean isCount = key.contains("/count/");
      assertThat(isCount ? OptionalDouble.empty() : ours).as(key).isEmpty();
      if (!key.contains("/balanced_accuracy/")) {
        assertThat(Double.isNaN(expected) || expected == 0).as(key + " " + expected).isTrue();
      }
    }
  }
}
