package dev.weir.auditor.pair;

import dev.weir.auditor.evidence.Decisions;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.model.artifact.ModelManifest;

/**
 * The rows that judge, as a compressed candidate and its parent score and decide them, each by its
 * own thresholds. Not thread-safe.
 */
public final class PairedRows {
  private final ScoredRows rows;
  private final double[] labels;
  private final Version candidate;
  private final Version parent;

  private PairedRows(ScoredRows rows, Version candidate, Version parent) {
    this.rows = rows;
    this.labels = rows.labels();
    this.candidate = candidate;
    this.parent = parent;
  }

  /** What one version says of the rows. */
  private record Version(ScoredRows rows, double[] scores, Decisions decisions) {
    static Version of(ScoredRows rows, ModelManifest manifest) {
      return new Version(rows, rows.candidate(), Decisions.of(rows, manifest));
    }
  }

  /**
   * Returns rows in pairs.
   *
   * @param candidate the rows as the candidate scores them
   * @param manifest the candidate's
   * @param parentScores the parent's probabilities of the same rows
   * @param parentManifest the parent's
   */
  public static PairedRows of(
      ScoredRows candidate,
      ModelManifest manifest,
      double[] parentScores,
      ModelManifest parentManifest) {
    return new PairedRows(
        candidate,
        Version.of(candidate, manifest),
        Version.of(candidate.scoredBy(parentScores), parentManifest));
  }

  int size() {
    return labels.length;
  }

  double[] labels() {
    return labels.clone();
  }

  double[] candidateScores() {
    return candidate.scores.clone();
  }

  /** Returns the parent's probabilities. */
  public double[] parentScores() {
    return parent.scores.clone();
  }

  /** Returns which value of a grouping each row has. */
  Grouping grouping(String name) {
    return rows.grouping(name);
  }

  double label(int row) {
    return labels[row];
  }

  /** Returns a version's probability of a row. */
  double score(boolean isCandidate, int row) {
    return (isCandidate ? candidate : parent).scores[row];
  }

  /** Returns whether a version selects a row. */
  boolean isSelected(boolean isCandidate, int row) {
    return (isCandidate ? candidate : parent).decisions.isSelected(row);
  }

  /** Returns whether candidate and parent decide a row differently. */
  boolean isFlipped(int row) {
    return isSelected(true, row) != isSelected(false, row);
  }

  /** Returns whether both versions decide the same of every row: all are selected, or none is. */
  boolean areConstant() {
    return candidate.decisions.areConstant()
        && parent.decisions.areConstant()
        && (size() == 0 || !isFlipped(0));
  }
}
