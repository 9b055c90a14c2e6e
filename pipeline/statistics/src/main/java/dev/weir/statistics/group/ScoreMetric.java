package dev.weir.statistics.group;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What is measured of probabilities against labels, with sample weights. Empty where undefined: no
 * weight at all, or, for the AUC, a class without weight.
 */
public enum ScoreMetric {
  /** Area under the ROC curve: the weighted share of pairs in order, ties half. */
  ROC_AUC(WeightedScores::auc),
  /** {@code Σ w (p − y)² / Σ w}. */
  BRIER(s -> s.mean((p, y) -> (p - y) * (p - y))),
  /** {@code Σ w p / Σ w}. */
  MEAN_SCORE(s -> s.mean((p, y) -> p)),
  /** {@code −Σ w ln P(y) / Σ w} in nats, p clipped to [ε, 1 − ε], ε = 2⁻⁵² as scikit-learn does. */
  LOG_LOSS(s -> s.mean(ScoreMetric::surprise)),
  /** {@code Σ w y / Σ w}, the share of positives. */
  BASE_RATE(s -> s.mean((p, y) -> y)),
  /** {@code Σ w (p − y) / Σ w}: mean score minus base rate. */
  CALIBRATION_GAP(s -> s.mean((p, y) -> p - y));

  private static final double CLIP = Math.ulp(1.0);

  private final Function<WeightedScores, OptionalDouble> value;

  ScoreMetric(Function<WeightedScores, OptionalDouble> value) {
    this.value = value;
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
