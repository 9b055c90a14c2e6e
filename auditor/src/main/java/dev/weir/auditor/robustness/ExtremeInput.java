package dev.weir.auditor.robustness;

import org.jspecify.annotations.Nullable;

/**
 * What an input did that no training row had.
 *
 * @param feature the feature's name
 * @param input the value that the feature had in all rows
 * @param failures rows without an answer, or whose answer is no number in [0, 1]
 * @param worstChange greatest change of a score among the others; null when all failed
 */
public record ExtremeInput(
    String feature, float input, int failures, @Nullable Double worstChange) {
  /** Returns whether some row had no probability for an answer. */
  public boolean hasFailed() {
    return failures > 0;
  }
}
