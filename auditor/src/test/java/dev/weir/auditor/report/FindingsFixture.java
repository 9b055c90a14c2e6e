package dev.weir.auditor.report;

import dev.weir.auditor.energy.EnergyEvidence;
import dev.weir.auditor.energy.VersionEnergy;
import dev.weir.auditor.explanation.ExplanationEvidence;
import dev.weir.auditor.explanation.ExplanationEvidence.FeatureImportance;
import dev.weir.auditor.mitigation.MitigationCost;
import dev.weir.auditor.mitigation.MitigationCost.Decided;
import dev.weir.auditor.pair.PairEvidence;
import dev.weir.auditor.selective.SelectiveEvidence;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.policy.EnergyTerms;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.model.artifact.Compression;
import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import dev.weir.model.energy.ScoringEnergy;
import dev.weir.model.explain.quality.ExplanationQuality;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evidence with figures that a test can tell apart. */
final class FindingsFixture {
  private FindingsFixture() {}

  static EnergyEvidence energy(@Nullable VersionEnergy champion) {
    return new EnergyEvidence(version(8, 4321), champion, EnergyTerms.DEFAULT, 0.125);
  }

  static VersionEnergy version(double joules, long bytes) {
    ScoringEnergy scoring =
        new ScoringEnergy(
            0.25, 0.01, 5, 0.75, 5000, 0.1, EnergyMethod.ESTIMATED, "CPU time of <scoring>");
    return new VersionEnergy(joules, EnergyMethod.MEASURED, "RAPL | package", scoring, bytes);
  }

  static ExplanationEvidence explanation() {
    return new ExplanationEvidence(
        "permutation",
        "digest",
        100,
        50,
        0.004,
        48,
        List.of(
            new FeatureImportance("little", 0.01, 0.001, 0.008, 0.012),
            new FeatureImportance("<much> | f", 0.2, 0.01, 0.18, 0.22)),
        new ExplanationQuality(20, 0.001, new MeanEstimate(0.3, 0, 19, 20), null, null));
  }

  /**
   * Of 200 rows the parent selects 80 of group a and 20 of group b, the other version 50 of each;
   * labels are the parent's decisions but in the first ten rows.
   */
  static MitigationCost mitigation() {
    List<String> groups = new ArrayList<>();
    double[] parent = new double[200];
    double[] mitigated = new double[200];
    for (int i = 0; i < 200; i++) {
      boolean isFirst = i < 100;
      groups.add(isFirst ? "a<" : "b");
      parent[i] = i % 100 < (isFirst ? 80 : 20) ? 1 : 0;
      mitigated[i] = i % 100 < 50 ? 1 : 0;
    }
    double[] labels = parent.clone();
    Arrays.fill(labels, 0, 10, 0);
    double[] thresholds = new double[200];
    Arrays.fill(thresholds, 0.5);
    return MitigationCost.of(
        new MitigationOrder(
            Mitigation.Method.REWEIGHING,
            "<g>",
            Metric.SELECTION_RATE_DIFFERENCE,
            "r-1",
            3,
            "run-1"),
        labels,
        groups,
        new Decided(parent, thresholds),
        new Decided(mitigated, thresholds));
  }

  static SelectiveEvidence selective() {
    SelectiveEvidence.Group group =
        new SelectiveEvidence.Group(
            "g=<b>",
            30,
            10,
            0.25,
            0.4,
            Map.of("truePositiveRate", new SelectiveEvidence.Bounded(0.5, 0.4, 0.7)));
    return new SelectiveEvidence(MissingLabels.Decision.NEGATIVE, List.of(group));
  }

  static PairEvidence pair() {
    PairEvidence.Change auc = new PairEvidence.Change(100, 0.9, 0.88, -0.02, -0.03, -0.01);
    PairEvidence.Change rate = new PairEvidence.Change(40, 0.5, 0.4, -0.1, -0.2, 0.0);
    PairEvidence.Group group =
        new PairEvidence.Group(
            "g=<b> | x",
            40,
            3,
            7,
            Map.of("selectionRate", rate),
            new PairEvidence.Shift(30, 0.2, 0.1, 0.3));
    Compression compression =
        new Compression(
            List.of(Compression.Method.PRUNED, Compression.Method.DIFFERENTIALLY_PRIVATE),
            1,
            "run",
            "digest");
    return new PairEvidence(compression, "", auc, List.of(group));
  }
}
