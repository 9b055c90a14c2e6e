package dev.weir.auditor.leakage;

import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one feature tells of the label.
 *
 * @param feature the feature's name
 * @param alone the area under the ROC curve of the feature alone; null when a class has fewer than
 *     two rows
 * @param drop the model's area minus the area with the feature's values shuffled; null likewise
 * @param isKnownAfterLabel whether the policy declares it known only after the label
 * @param n rows
 */
public record FeatureLeakage(
    String feature,
    @Nullable AucEstimate alone,
    @Nullable MeanEstimate drop,
    boolean isKnownAfterLabel,
    int n) {
  /**
   * The area from which on a report names a feature, where no gate of the policy says otherwise.
   */
  public static final double SUSPICIOUS_AUC = 0.85;

  private static final double CHANCE = 0.5;

  /**
   * Returns the area that the feature accounts for: the greater of that of the feature alone and ½
   * plus the drop; empty when a class has fewer than two rows. A declaration does not change it.
   */
  public Optional<Estimate> accountedAuc() {
    return alone == null || drop == null
        ? Optional.empty()
        : Optional.of(
            new GreaterOf(
                alone,
                new MeanEstimate(
                    CHANCE + drop.value(),
                    drop.standardError(),
                    drop.degreesOfFreedom(),
                    drop.n())));
  }

  /**
   * Returns whether the feature is named as a leak: it is declared one, or the area that it
   * accounts for is shown to lie above the limit.
   *
   * @param limit an area in [½, 1]
   * @param alpha the error rate of the bound
   */
  public boolean isSuspect(double limit, double alpha) {
    return isKnownAfterLabel || accountedAuc().map(auc -> auc.lower(alpha) > limit).orElse(false);
  }
}
