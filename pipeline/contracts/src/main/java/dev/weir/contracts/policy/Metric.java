package dev.weir.contracts.policy;

/** What a gate can ask of a candidate; losses are on the held-out evaluation rows. */
public enum Metric {
  /** Area under the ROC curve. */
  AUC(Scope.WITHIN_GROUPS),
  /** Area under the ROC curve in a group minus that of the other groups' rows together. */
  AUC_DIFFERENCE(Scope.BETWEEN_GROUPS),
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
  /** Selection rate in a group divided by that of the other groups. */
  SELECTION_RATE_RATIO(Scope.BETWEEN_GROUPS),
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
  /** Share of rows whose label the champion's decision prevented. */
  UNOBSERVED_SHARE(Scope.WITHIN_GROUPS),
  /** Share of rows decided as labelled, in a group. */
  ACCURACY(Scope.WITHIN_GROUPS),
  /** Accuracy in a group minus that of the other groups. */
  ACCURACY_DIFFERENCE(Scope.BETWEEN_GROUPS),
  /** Joules that training the version took. */
  TRAINING_JOULES(Scope.VERSION),
  /** The candidate's training joules divided by the champion's. */
  TRAINING_JOULES_OVER_CHAMPION(Scope.VERSION),
  /** Joules per 1,000 predictions, metered by scoring the judging rows again and again. */
  JOULES_PER_THOUSAND_PREDICTIONS(Scope.VERSION),
  /** The candidate's joules per 1,000 predictions divided by the champion's, both metered. */
  JOULES_PER_THOUSAND_PREDICTIONS_OVER_CHAMPION(Scope.VERSION),
  /** Bytes of the model file. */
  MODEL_BYTES(Scope.VERSION),
  /** Bytes of the candidate's model file divided by the champion's. */
  MODEL_BYTES_OVER_CHAMPION(Scope.VERSION),
  /** Software carbon intensity, grams of CO₂-equivalent per 1,000 predictions. */
  SCI(Scope.VERSION),
  /** Brier gain over the champion per kilojoule of the candidate's training. */
  BRIER_GAIN_PER_KILOJOULE(Scope.ALL_ROWS),
  /** Area under the ROC curve that one feature accounts for, feature by feature. */
  LEAKAGE(Scope.ALL_ROWS),
  /** Share of rows whose decision bounded noise can flip. */
  NOISE_FLIP_RATE(Scope.ALL_ROWS),
  /** Share of rows whose decision one missing feature can flip. */
  MISSING_FLIP_RATE(Scope.ALL_ROWS),
  /** Share of rows whose decision one swapped category can flip. */
  SWAP_FLIP_RATE(Scope.ALL_ROWS),
  /** Share of rows whose decision projected gradient inside observed ranges can flip. */
  ADVERSARIAL_FLIP_RATE(Scope.ALL_ROWS),
  /** Inputs beyond all ranges to which the model does not answer with a probability. */
  OUT_OF_RANGE_FAILURES(Scope.VERSION),
  /** True minus false positive rate of the stronger attack on membership. */
  MEMBERSHIP_ADVANTAGE(Scope.ALL_ROWS),
  /** Largest standard error of an attribution, over the explained rows and the features. */
  EXPLANATION_STANDARD_ERROR(Scope.VERSION),
  /** Largest distance between a prediction and the sum of its attributions. */
  EXPLANATION_ADDITIVITY_GAP(Scope.VERSION),
  /** Area between the deletion curves of random and of attributed order. */
  EXPLANATION_DELETION_GAIN(Scope.ALL_ROWS),
  /** Relative change of attributions under a background drawn anew from its rows. */
  EXPLANATION_BACKGROUND_CHANGE(Scope.ALL_ROWS),
  /** Relative change of attributions under small noise on the row. */
  EXPLANATION_NOISE_CHANGE(Scope.ALL_ROWS),
  /** Selection rate of a compressed candidate minus that of its parent, on the same rows. */
  SELECTION_RATE_CHANGE(Scope.WITHIN_GROUPS, Against.PARENT),
  /** True positive rate minus the parent's. */
  TRUE_POSITIVE_RATE_CHANGE(Scope.WITHIN_GROUPS, Against.PARENT),
  /** False positive rate minus the parent's. */
  FALSE_POSITIVE_RATE_CHANGE(Scope.WITHIN_GROUPS, Against.PARENT),
  /** Share of rows decided as labelled minus the parent's. */
  ACCURACY_CHANGE(Scope.WITHIN_GROUPS, Against.PARENT),
  /** Mean of (p − y) minus the parent's, so mean p minus the parent's. */
  CALIBRATION_GAP_CHANGE(Scope.WITHIN_GROUPS, Against.PARENT),
  /** Brier score minus the parent's. */
  BRIER_CHANGE(Scope.WITHIN_GROUPS, Against.PARENT),
  /** Change of the selection rate in a group minus that in the other groups. */
  SELECTION_RATE_CHANGE_DIFFERENCE(Scope.BETWEEN_GROUPS, Against.PARENT),
  /** Change of the true positive rate in a group minus that in the other groups. */
  TRUE_POSITIVE_RATE_CHANGE_DIFFERENCE(Scope.BETWEEN_GROUPS, Against.PARENT),
  /** Change of the false positive rate in a group minus that in the other groups. */
  FALSE_POSITIVE_RATE_CHANGE_DIFFERENCE(Scope.BETWEEN_GROUPS, Against.PARENT),
  /** Change of the accuracy in a group minus that in the other groups. */
  ACCURACY_CHANGE_DIFFERENCE(Scope.BETWEEN_GROUPS, Against.PARENT),
  /** Share of rows that candidate and parent decide differently. */
  FLIP_RATE(Scope.WITHIN_GROUPS, Against.PARENT),
  /** Mean share of a row's attributions in which candidate and parent differ. */
  ATTRIBUTION_SHIFT(Scope.WITHIN_GROUPS, Against.PARENT);

  private final Scope scope;
  private final Against against;

  Metric(Scope scope) {
    this(scope, Against.NOTHING);
  }

  Metric(Scope scope, Against against) {
    this.scope = scope;
    this.against = against;
  }

  /** Returns on what it is measured. */
  public Scope scope() {
    return scope;
  }

  /**
   * Returns whether it compares a compressed candidate with the version it was made from; other
   * candidates are not asked for it.
   */
  public boolean isAgainstParent() {
    return against == Against.PARENT;
  }

  private enum Against {
    NOTHING,
    PARENT
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
