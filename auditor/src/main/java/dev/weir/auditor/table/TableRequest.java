package dev.weir.auditor.table;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to audit: which columns of the table mean what.
 *
 * @param label column of the outcome; an empty cell is an outcome that nobody saw
 * @param prediction column of the decision or of the predicted number; null to derive decisions
 * @param score column of the score; null when there is none
 * @param weight column of the sample weight; null when every row weighs 1
 * @param groups columns of the protected attributes, at least one
 * @param positive the word that is the favourable label and decision; null when they are 0 and 1
 * @param threshold a score of at least this selects, where there is no prediction; null otherwise
 * @param references group that the others are compared with, by attribute; the largest elsewhere
 * @param declared groups that there are, with rows or without, by attribute
 * @param depth how many attributes at most are intersected, ≥ 1
 * @param alike columns of numbers by which rows are alike, for consistency; empty to leave it out
 */
public record TableRequest(
    String label,
    @Nullable String prediction,
    @Nullable String score,
    @Nullable String weight,
    List<String> groups,
    @Nullable String positive,
    @Nullable Double threshold,
    Map<String, String> references,
    Map<String, List<String>> declared,
    int depth,
    List<String> alike) {
  public TableRequest {
    groups = List.copyOf(groups);
    alike = List.copyOf(alike);
    references = Map.copyOf(references);
    declared = Map.copyOf(declared);
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("name at least one column of groups");
    }
    if (depth < 1) {
      throw new IllegalArgumentException("depth must be >= 1, was " + depth);
    }
    if ((prediction == null) == (threshold == null)) {
      throw new IllegalArgumentException(
          "name either a --prediction, or a --threshold that makes decisions of the scores");
    }
    if (threshold != null && score == null) {
      throw new IllegalArgumentException("a --threshold needs a column of scores, --score");
    }
  }
}
