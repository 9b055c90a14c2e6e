package dev.weir.auditor.selective;

import dev.weir.contracts.spec.MissingLabels;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a candidate when some rows have no label because the champion decided so.
 *
 * @param observedWhen the decision without which no label can come
 * @param groups all rows first, then the groups of each grouping of spec and policy, also those
 *     that no row is in
 */
public record SelectiveEvidence(MissingLabels.Decision observedWhen, List<Group> groups) {
  public SelectiveEvidence {
    groups = List.copyOf(groups);
  }

  /** Returns whether any row has no label. */
  public boolean isSelective() {
    return groups.stream().anyMatch(group -> group.unobserved() > 0);
  }

  /**
   * One group.
   *
   * @param group the group as {@code name=value}, or {@code all}
   * @param observed rows with a label, those that judge
   * @param unobserved rows whose label the decision prevented
   * @param unobservedShare of both together, in [0, 1]; null without rows
   * @param selectionRate share that the candidate selects of both together; null without rows
   * @param figures by name, those that need labels
   */
  public record Group(
      String group,
      long observed,
      long unobserved,
      @Nullable Double unobservedShare,
      @Nullable Double selectionRate,
      Map<String, Bounded> figures) {
    public Group {
      figures = Collections.unmodifiableMap(new TreeMap<>(figures));
    }
  }

  /**
   * A figure that needs labels.
   *
   * @param observed of the labelled rows; null where undefined
   * @param lowest the least it can be over all rows, whatever the missing labels are, each 0 or 1;
   *     null where undefined
   * @param highest the most, likewise
   */
  public record Bounded(
      @Nullable Double observed, @Nullable Double lowest, @Nullable Double highest) {}
}
