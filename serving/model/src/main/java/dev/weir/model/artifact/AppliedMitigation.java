package dev.weir.model.artifact;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.control.MitigationOrder;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What was done against a gap between groups, and against which version.
 *
 * @param order what was ordered
 * @param thresholds the decision threshold of each group, in [0, 1]; empty unless decisions are by
 *     group
 */
public record AppliedMitigation(MitigationOrder order, Map<String, Double> thresholds) {
  /** Copies the thresholds, in the order of the groups. */
  public AppliedMitigation {
    requireNonNull(order, "order");
    thresholds = Collections.unmodifiableMap(new TreeMap<>(thresholds));
    thresholds.forEach(
        (group, threshold) -> {
          if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                "threshold of group " + group + " must be in [0, 1], was " + threshold);
          }
        });
  }

  /** Returns the threshold of a row's group; empty when it has none. */
  OptionalDouble thresholdOf(Map<String, String> groups) {
    String group = groups.get(order.groups());
    Double threshold = group == null ? null : thresholds.get(group);
    return threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold);
  }
}
