package dev.weir.auditor.privacy;

import dev.weir.auditor.evidence.EvidenceSource;
import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.Metric;
import dev.weir.statistics.interval.IndependentDifference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers gates on membership inference. */
public final class PrivacyMeasurements implements EvidenceSource {
  private static final String ALL = "all";

  private final MembershipInference.@Nullable Result result;

  /** Creates the answers; null when members or others are too few. */
  public PrivacyMeasurements(MembershipInference.@Nullable Result result) {
    this.result = result;
  }

  @Override
  public List<Measured> of(Metric metric) {
    if (metric != Metric.MEMBERSHIP_ADVANTAGE) {
      return List.of();
    }
    if (result == null) {
      String why =
          "needs "
              + MembershipInference.LEAST_ROWS
              + " judging rows and as many training rows of the digest that the manifest states";
      return List.of(Measured.undefined(metric, ALL, 0, why));
    }
    IndependentDifference advantage = result.advantage();
    return List.of(Measured.of(metric, ALL, advantage.n(), advantage));
  }
}
