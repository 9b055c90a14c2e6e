package dev.weir.contracts.policy;

/** What a gate can ask of a candidate; losses are on the held-out evaluation rows. */
public enum Metric {
  /** Area under the ROC curve. */
  AUC(Scope.ALL_ROWS),
  /** Brier score of the constant prediction "training base rate" minus the model's. */
  BRIER_GAIN_OVER_BASE_RATE(Scope.ALL_ROWS),
  /** Brier score of the champion minus the candidate's, in pairs. */
  BRIER_GAIN_OVER_CHAMPION(Scope.ALL_ROWS),
  /** Mean of (p − y) in a group minus the mean over the other groups. */
  CALIBRATION_GAP_DIFFERENCE(Scope.BETWEEN_GROUPS),
  /** Brier score in a group minus that of the other groups. */
  BRIER_DIFFERENCE(Scope.BETWEEN_GROUPS),
  /** Selection rate in a group minus that of the other groups. */
  SELECTION_RATE_DIFFERENCE(Scope.BETWEEN_GROUPS),
  /** True positive rate in a group minus that of the other groups. */
  TRUE_POSITIVE_RATE_DIFFERENCE(Scope.BETWEEN_GROUPS),
  /** False positive rate in a group minus that of the other groups. */
  FALSE_POSITIVE_RATE_DIFFERENCE(Scope.BETWEEN_GROUPS),
  /** Mean of (p − y) within a group. */
  CALIBRATION_GAP(Scope.WITHIN_GROUPS),
  /** Share of rows with p ≥ the decision threshold, in a group. */
  SELECTION_RATE(Scope.WITHIN_GROUPS),
  /** True positive rate at the decision threshold, in a group. */
  TRUE_POSITIVE_RATE(Scope.WITHIN_GROUPS),
  /** False positive rate at the decision threshold, in a group. */
  FALSE_POSITIVE_RATE(Scope.WITHIN_GROUPS),
  /** Joules that training the version took. */
  TRAINING_JOULES(Scope.VERSION);

  private final Scope scope;

  Metric(Scope scope) {
    this.scope = scope;
  }

  /** Returns on what it is measured. */
  public Scope scope() {
    return scope;
  }

  /** On what a metric is measured. */
  public enum Scope {
    /** All judging rows at once. */
    ALL_ROWS,
    /** Each group by itself, or all judging rows at once. */
    WITHIN_GROUPS,
    /** Each group against the others; without groups it has no meaning. */
    BETWEEN_GROUPS,
    /** The version, not rows. */
    VERSION
  }
}
