package dev.weir.contracts.spec;

import org.jspecify.annotations.Nullable;

/**
 * What it means that an event has no label by its deadline.
 *
 * <p>A label that the model's own decision prevented is missing for another reason than one that
 * nobody sent: such a row never gets the label of silence.
 *
 * @param silence the label that a row gets at its deadline, 0 or 1; null when the row is dropped
 * @param observedWhen the champion's decision without which no label can come; null when labels do
 *     not depend on decisions
 */
public record MissingLabels(@Nullable Double silence, @Nullable Decision observedWhen) {
  /** A row without a label is dropped, and labels do not depend on decisions. */
  public static final MissingLabels DROPPED = new MissingLabels(null, null);

  /** What a model decides of a row. */
  public enum Decision {
    /** The row is selected: its probability is at least the decision threshold. */
    POSITIVE,
    /** The row is not selected. */
    NEGATIVE
  }

  public MissingLabels {
    if (silence != null && silence != 0 && silence != 1) {
      throw new IllegalArgumentException("silence must be 0 or 1, was " + silence);
    }
  }

  /** Returns whether the decision on a row prevents its label. */
  public boolean isPrevented(boolean isSelected) {
    return observedWhen != null && isSelected != (observedWhen == Decision.POSITIVE);
  }
}
