package dev.weir.contracts.policy;

/** What a gate can ask of a candidate; losses are on the held-out evaluation rows. */
public enum Metric {
  /** Area under the ROC curve. */
  AUC,
  /** Brier score of the constant prediction "training base rate" minus the model's. */
  BRIER_GAIN_OVER_BASE_RATE,
  /** Brier score of the champion minus the candidate's, in pairs. */
  BRIER_GAIN_OVER_CHAMPION,
  /** Mean of (p − y) in a group minus the mean over the other groups. */
  CALIBRATION_GAP_DIFFERENCE,
  /** Brier score in a group minus that of the other groups. */
  BRIER_DIFFERENCE,
  /** Mean of (p − y) within a group. */
  CALIBRATION_GAP,
  /** Share of rows with p ≥ the decision threshold, in a group. */
  SELECTION_RATE,
  /** True positive rate at the decision threshold, in a group. */
  TRUE_POSITIVE_RATE,
  /** False positive rate at the decision threshold, in a group. */
  FALSE_POSITIVE_RATE,
  /** Joules that training the version took. */
  TRAINING_JOULES
}
