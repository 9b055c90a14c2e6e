package dev.weir.auditor.leakage;

import dev.weir.auditor.evidence.EvidenceSource;
import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.Metric;
import dev.weir.statistics.interval.Exact;
import java.util.List;

/**
 * Answers gates on leakage, one quantity per feature, named {@code feature=…}: the area under the
 * ROC curve that it accounts for, or 1 where it is declared to be known only after the label.
 */
public final class LeakageMeasurements implements EvidenceSource {
  private final List<FeatureLeakage> features;

  /** Creates the answers. */
  public LeakageMeasurements(List<FeatureLeakage> features) {
    this.features = List.copyOf(features);
  }

  @Override
  public List<Measured> of(Metric metric) {
    if (metric != Metric.LEAKAGE) {
      return List.of();
    }
    return features.isEmpty()
        ? List.of(Measured.notAssessable(metric, "all", "the model has no features"))
        : features.stream().map(LeakageMeasurements::measured).toList();
  }

  private static Measured measured(FeatureLeakage feature) {
    String group = "feature=" + feature.feature();
    if (feature.isKnownAfterLabel()) {
      return Measured.of(Metric.LEAKAGE, group, feature.n(), new Exact(1, feature.n()));
    }
    return feature
        .accountedAuc()
        .map(auc -> Measured.of(Metric.LEAKAGE, group, feature.n(), auc))
        .orElseGet(
            () ->
                Measured.undefined(
                    Metric.LEAKAGE, group, feature.n(), "a class has fewer than two rows"));
  }
}
