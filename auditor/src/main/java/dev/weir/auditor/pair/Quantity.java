package dev.weir.auditor.pair;

/** Something that both versions have a figure of, row by row; its mean is the group's figure. */
enum Quantity {
  /** Selected. */
  SELECTION_RATE("selectionRate"),
  /** Selected, among the positives. */
  TRUE_POSITIVE_RATE("truePositiveRate"),
  /** Selected, among the negatives. */
  FALSE_POSITIVE_RATE("falsePositiveRate"),
  /** Decided as labelled. */
  ACCURACY("accuracy"),
  /** p − y. */
  CALIBRATION_GAP("calibrationGap"),
  /** (p − y)². */
  BRIER("brier");

  private final String id;

  Quantity(String id) {
    this.id = id;
  }

  /** Returns the name in evidence, for example {@code truePositiveRate}. */
  String id() {
    return id;
  }

  /** Returns whether it is 0 or 1 in each row, and so rests on decisions. */
  boolean isRate() {
    return this != CALIBRATION_GAP && this != BRIER;
  }

  /** Returns whether a row counts. */
  boolean counts(PairedRows rows, int row) {
    return switch (this) {
      case TRUE_POSITIVE_RATE -> rows.label(row) == 1;
      case FALSE_POSITIVE_RATE -> rows.label(row) == 0;
      default -> true;
    };
  }

  /** Returns a version's figure of a row. */
  double of(PairedRows rows, boolean isCandidate, int row) {
    double error = rows.score(isCandidate, row) - rows.label(row);
    boolean isSelected = rows.isSelected(isCandidate, row);
    return switch (this) {
      case SELECTION_RATE, TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE -> isSelected ? 1 : 0;
      case ACCURACY -> isSelected == (rows.label(row) == 1) ? 1 : 0;
      case CALIBRATION_GAP -> error;
      case BRIER -> error * error;
    };
  }

  /** Returns candidate − parent of a row, in [−1, 1]. */
  double change(PairedRows rows, int row) {
    return of(rows, true, row) - of(rows, false, row);
  }
}
