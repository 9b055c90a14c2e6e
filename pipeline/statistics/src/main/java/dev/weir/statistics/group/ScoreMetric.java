package dev.weir.statistics.group;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;

/**
 * What is measured of probabilities against labels, with sample weights. Empty where undefined: no
 * weight at all, or, for the AUC, a class without weight.
 */
public enum ScoreMetric {
  /** Area under the ROC curve: the weighted share of pairs in order, ties half. */
  ROC_AUC(WeightedScores::auc),
  /** {@code Σ w (p − y)² / Σ w}. */
  BRIER((p, y) -> (p - y) * (p - y)),
  /** {@code Σ w p / Σ w}. */
  MEAN_SCORE((p, y) -> p),
  /** {@code −Σ w ln P(y) / Σ w} in nats, p clipped to [ε, 1 − ε], ε = 2⁻⁵² as scikit-learn does. */
  LOG_LOSS(ScoreMetric::surprise),
  /** {@code Σ w y / Σ w}, the share of positives. */
  BASE_RATE((p, y) -> y),
  /** {@code Σ w (p − y) / Σ w}: mean score minus base rate. */
  CALIBRATION_GAP((p, y) -> p - y);

  private static final double CLIP = Math.ulp(1.0);

  private final Function<WeightedScores, OptionalDouble> value;
  private final DoubleBinaryOperator ofRow;

  ScoreMetric(Function<WeightedScores, OptionalDouble> value) {
    this.value = value;
    this.ofRow = (p, y) -> Double.NaN;
  }

  ScoreMetric(DoubleBinaryOperator ofRow) {
    this.value = scores -> scores.mean(ofRow);
    this.ofRow = ofRow;
  }

  /** Returns what one row adds to the mean; NaN for the AUC, which is no mean. */
  double ofRow(double probability, double label) {
    return ofRow.applyAsDouble(probability, label);
  }

  private static double surprise(double p, double y) {
    double clipped = Math.min(1 - CLIP, Math.max(CLIP, p));
    return y == 1 ? -Math.log(clipped) : -Math.log1p(-clipped);
  }

  /** Returns the metric, or empty where it is undefined. */
  public OptionalDouble of(WeightedScores scores) {
    return value.apply(scores);
  }

  /** Returns scikit-learn's name, for example {@code roc_auc}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
