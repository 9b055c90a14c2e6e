package dev.weir.auditor.evidence;

import dev.weir.contracts.event.Row;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.spec.GroupSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The groupings that an audit looks at: those of the spec, and any other that a gate names. A group
 * that the spec declares is in its grouping also where no row is in it, so nobody who is missing
 * goes unnoticed.
 */
public final class Groupings {
  private final SortedMap<String, SortedSet<String>> declared = new TreeMap<>();

  private Groupings() {}

  /**
   * Returns the groupings of a spec and a policy.
   *
   * @param groups those of the spec
   */
  public static Groupings of(Collection<GroupSpec> groups, Policy policy) {
    Groupings all = new Groupings();
    groups.forEach(group -> all.declared.put(group.name(), group.declared()));
    for (Gate gate : policy.gates()) {
      String name = gate.groups();
      if (name != null) {
        all.declared.putIfAbsent(name, Collections.emptySortedSet());
      }
    }
    return all;
  }

  /** Returns their names. */
  public SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(declared.keySet()));
  }

  /** Returns which value of a grouping each row has; of any other name, what occurs. */
  public Grouping of(String name, List<Row> rows) {
    return Grouping.of(
        rows.stream().<@Nullable String>map(row -> row.groups().get(name)).toList(),
        declared.getOrDefault(name, Collections.emptySortedSet()));
  }
}
