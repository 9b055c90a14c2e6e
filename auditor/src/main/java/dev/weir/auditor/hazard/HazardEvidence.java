package dev.weir.auditor.hazard;

import dev.weir.auditor.energy.EnergyEvidence;
import dev.weir.auditor.leakage.FeatureLeakage;
import dev.weir.auditor.privacy.MembershipInference;
import dev.weir.auditor.robustness.AttackResult;
import dev.weir.auditor.robustness.ExtremeInput;
import dev.weir.contracts.policy.ProbeTerms;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the auditor found out about a version beyond how it scores, as it is stored.
 *
 * @param energy what training and scoring take
 * @param leakage what each feature tells of the label
 * @param robustness what disturbances do; null when no row judges
 * @param privacy what attacks on membership achieve; null when the policy does not ask, or when
 *     there are too few rows
 * @param scoresDigest sha256 (hex) of the stored scores from which robustness and privacy follow
 */
public record HazardEvidence(
    EnergyEvidence energy,
    List<Leakage> leakage,
    @Nullable Robustness robustness,
    MembershipInference.@Nullable Result privacy,
    String scoresDigest) {
  private static final double ALPHA = 0.05;

  public HazardEvidence {
    leakage = List.copyOf(leakage);
  }

  /**
   * An estimate with its 95 % interval.
   *
   * @param value the estimate
   * @param lower the lower end
   * @param upper the upper end
   */
  public record Figure(double value, double lower, double upper) {
    static @Nullable Figure of(@Nullable Estimate estimate) {
      if (estimate == null) {
        return null;
      }
      Interval interval = Interval.of(estimate, ALPHA);
      return new Figure(estimate.value(), interval.lower(), interval.upper());
    }
  }

  /**
   * What one feature tells.
   *
   * @param aucAlone area under the ROC curve of the feature alone; null when undefined
   * @param aucDrop what the model's area loses when the feature is shuffled; null when undefined
   * @param isKnownAfterLabel whether the policy says so
   * @param isSuspect whether it is named as a leak
   */
  public record Leakage(
      String feature,
      @Nullable Figure aucAlone,
      @Nullable Figure aucDrop,
      boolean isKnownAfterLabel,
      boolean isSuspect) {
    static Leakage of(FeatureLeakage found) {
      return new Leakage(
          found.feature(),
          Figure.of(found.alone()),
          Figure.of(found.drop()),
          found.isKnownAfterLabel(),
          found.isSuspect(FeatureLeakage.SUSPICIOUS_AUC, ALPHA));
    }
  }

  /**
   * What disturbances do.
   *
   * @param noise how far noise moved each number, in its standard deviations
   * @param adversarial how far an adversary moved it
   * @param attacks what each attack did
   * @param outOfRangeFailures inputs beyond all ranges without a probability for an answer
   * @param extremes what each of them did
   */
  public record Robustness(
      double noise,
      double adversarial,
      List<AttackResult> attacks,
      long outOfRangeFailures,
      List<ExtremeInput> extremes) {
    public Robustness {
      attacks = List.copyOf(attacks);
      extremes = List.copyOf(extremes);
    }

    static Robustness of(
        ProbeTerms terms, List<AttackResult> attacks, List<ExtremeInput> extremes) {
      return new Robustness(
          terms.noise(),
          terms.adversarial(),
          attacks,
          extremes.stream().filter(ExtremeInput::hasFailed).count(),
          extremes);
    }
  }
}
