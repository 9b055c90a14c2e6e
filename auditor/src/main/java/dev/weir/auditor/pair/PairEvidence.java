package dev.weir.auditor.pair;

import dev.weir.model.artifact.Compression;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What compressing a version changed, as it is stored. Bounds are two-sided at 95 %, of all groups
 * of a grouping together (max-t).
 *
 * @param compression what was done, and to which version
 * @param refusal why the parent is no fair measure; empty when it is one
 * @param auc area under the ROC curve; null when it is undefined or there is no fair parent
 * @param groups all rows at once, then each group of each grouping; empty without a fair parent
 */
public record PairEvidence(
    Compression compression, String refusal, @Nullable Change auc, List<Group> groups) {
  public PairEvidence {
    groups = List.copyOf(groups);
  }

  /** Returns the evidence that there is none. */
  public static PairEvidence refused(Compression compression, String why) {
    return new PairEvidence(compression, why, null, List.of());
  }

  /**
   * One group.
   *
   * @param group the group as {@code name=value}, or {@code all}
   * @param rows its rows
   * @param newlySelected rows that the candidate selects and the parent does not
   * @param newlyRejected rows that the parent selects and the candidate does not
   * @param rates the figures of both versions by name, as {@code truePositiveRate}
   * @param attributionShift how far explanations differ; null where it was not measured
   */
  public record Group(
      String group,
      long rows,
      long newlySelected,
      long newlyRejected,
      Map<String, Change> rates,
      @Nullable Shift attributionShift) {
    /** Copies the rates, in the order of their names. */
    public Group {
      rates = Collections.unmodifiableMap(new TreeMap<>(rates));
    }
  }

  /**
   * A figure of both versions.
   *
   * @param rows rows that count
   * @param parent the parent's; null without a row
   * @param candidate the candidate's; null without a row
   * @param change candidate − parent; null when it is undefined
   * @param lower its lower bound
   * @param upper its upper bound
   */
  public record Change(
      long rows,
      @Nullable Double parent,
      @Nullable Double candidate,
      @Nullable Double change,
      @Nullable Double lower,
      @Nullable Double upper) {}

  /**
   * How far explanations differ, {@link AttributionShifts}.
   *
   * @param rows rows explained
   */
  public record Shift(long rows, double value, double lower, double upper) {}
}
