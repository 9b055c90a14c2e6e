package dev.weir.auditor.evidence;

import dev.weir.model.artifact.AppliedMitigation;
import dev.weir.model.artifact.ModelManifest;
import java.util.Arrays;
import java.util.Map;

/**
 * What a candidate decides of each row: by its threshold, or by that of the row's group where its
 * manifest has thresholds by group. Decisions that are the same for everybody show nothing of how
 * groups are treated.
 */
public final class Decisions {
  private final boolean[] selected;
  private final boolean isConstant;

  private Decisions(boolean[] selected) {
    this.selected = selected;
    int count = 0;
    for (boolean each : selected) {
      count += each ? 1 : 0;
    }
    this.isConstant = count == 0 || count == selected.length;
  }

  /** Returns the decisions of a version with this manifest on its scores. */
  public static Decisions of(ScoredRows rows, ModelManifest manifest) {
    double[] thresholds = thresholds(rows, manifest);
    boolean[] selected = new boolean[rows.size()];
    for (int row = 0; row < selected.length; row++) {
      selected[row] = rows.p(row) >= thresholds[row];
    }
    return new Decisions(selected);
  }

  private static double[] thresholds(ScoredRows rows, ModelManifest manifest) {
    double[] thresholds = new double[rows.size()];
    Arrays.fill(thresholds, manifest.decisionThreshold());
    AppliedMitigation mitigation = manifest.mitigation();
    if (mitigation == null || mitigation.thresholds().isEmpty()) {
      return thresholds;
    }
    String name = mitigation.order().groups();
    Grouping grouping = rows.grouping(name);
    double[] ofGroup =
        grouping.values().stream()
            .mapToDouble(value -> manifest.thresholdOf(Map.of(name, value)))
            .toArray();
    for (int row = 0; row < thresholds.length; row++) {
      int code = grouping.codes()[row];
      thresholds[row] = code < 0 ? thresholds[row] : ofGroup[code];
    }
    return thresholds;
  }

  /** Returns whether the row is selected. */
  public boolean isSelected(int row) {
    return selected[row];
  }

  /** Returns whether all rows, or none, are selected. */
  public boolean areConstant() {
    return isConstant;
  }

  /** Returns why constant decisions are no evidence. */
  public String constant() {
    return "the decision is the same for all " + selected.length + " rows";
  }
}
