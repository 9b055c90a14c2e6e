package dev.weir.auditor.worker;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.evidence.EvidenceSource;
import dev.weir.auditor.evidence.Groupings;
import dev.weir.auditor.evidence.Measurements;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.explanation.ExplanationEvidence;
import dev.weir.auditor.explanation.ExplanationMeasurements;
import dev.weir.auditor.explanation.ExplanationProbe;
import dev.weir.auditor.hazard.HazardProbe;
import dev.weir.auditor.hazard.LabelledRows;
import dev.weir.auditor.mitigation.MitigationCost;
import dev.weir.auditor.selective.SelectiveLabels;
import dev.weir.auditor.verdict.GateEngine;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.explain.Scorer;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.scoring.OnnxScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Scores the rows that judge a candidate and finds out all that the policy asks, and more. */
final class EvidenceGathering {
  private final ModelSpec spec;
  private final Policy policy;
  private final Groupings groupings;
  private final ModelRegistry registry;
  private final RangeReader reader;
  private final VersionMeter meter;
  private final Parents parents;

  EvidenceGathering(
      ModelSpec spec, Policy policy, ModelRegistry registry, SigningKey key, RangeReader reader) {
    this.spec = spec;
    this.policy = policy;
    this.groupings = Groupings.of(spec.groups(), policy);
    this.registry = registry;
    this.reader = reader;
    this.meter = new VersionMeter(registry, key.verifier());
    this.parents = new Parents(registry, new ParentFiles(registry, key));
  }

  /** Returns the evidence with the verdict that follows from it. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  Evidence of(
      Candidate candidate,
      int look,
      ModelArtifact artifact,
      Optional<ModelArtifact> champion,
      JudgingRows judging) {
    EvaluationRows rows = judging.rows();
    UnobservedRows unobserved = judging.unobserved();
    long seed = candidate.request().seed();
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      float[][] features = rows.features();
      ScoredRows scored =
          ScoredRows.of(
              rows.examples(),
              scorer.positive(features),
              champion.map(other -> scores(other, rows)),
              groupings);
      Parents.Audited audited =
          new Parents.Audited(
              candidate.runId(),
              artifact,
              scorer,
              policy.probes().explanation(),
              features,
              scored,
              seed);
      try (ParentComparison parent = parents.of(audited)) {
        Measurements measurements = new Measurements(scored, artifact.manifest());
        HazardProbe.Findings hazards =
            hazards(candidate, artifact, champion, scorer::positive, rows, measurements);
        registry.upload(candidate.runId(), AuditWorker.HAZARD_SCORES_PATH, hazards.scores());
        ExplanationEvidence explanation = explanation(candidate, artifact, rows, scorer);
        List<EvidenceSource> sources = new ArrayList<>(hazards.sources());
        sources.add(
            new ExplanationMeasurements(explanation)
                .onAtMost(metric -> policy.probes().explanation().qualityRows()));
        SelectiveLabels selective =
            unobserved == null
                ? null
                : unobserved.beside(
                    rows, scored.candidate(), scorer::positive, artifact.manifest(), groupings);
        Measurements all = measurements.with(sources).beside(selective);
        return new Evidence(
            Evidence.scores(rows, scored, parent == null ? null : parent.parentScores()),
            rows.otherSpecRows(),
            Evidence.withoutGroup(scored, groupings),
            judging.groupsKnownOnlyLater(),
            Evidence.importance(scorer::positive, rows, artifact.manifest().featureNames(), seed),
            hazards.evidence(),
            explanation,
            cost(candidate.request(), artifact, rows, scored),
            parent == null ? null : parent.evidence(groupings, policy),
            selective == null ? null : selective.evidence(),
            new GateEngine(policy, look)
                .evaluate(parent == null ? all : all.inPairs(parent), champion.isPresent()));
      }
    }
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private HazardProbe.Findings hazards(
      Candidate candidate,
      ModelArtifact artifact,
      Optional<ModelArtifact> champion,
      Scorer scorer,
      EvaluationRows rows,
      Measurements measurements) {
    TrainingRequest request = candidate.request();
    LabelledRows judging = LabelledRows.of(rows.examples());
    HazardProbe.Spent spent =
        new HazardProbe.Spent(
            meter.of(candidate, artifact, judging),
            champion.map(other -> meter.of(other, judging)).orElse(null),
            measurements.brierGainOverChampion().orElse(null));
    double threshold = artifact.manifest().decisionThreshold();
    return new HazardProbe(policy, FeatureLayout.of(spec), threshold, request.seed())
        .probe(scorer, judging, () -> members(request, artifact.manifest()), spent);
  }

  /** Returns the rows that the manifest says it was trained on, or none if they are others. */
  private LabelledRows members(TrainingRequest request, ModelManifest manifest) {
    List<Example> members =
        RestrictedGroups.asTrained(
            reader,
            spec,
            request.mitigation(),
            EvaluationRows.members(reader, request.training(), spec));
    return LabelledRows.of(
        RowsDigest.of(members).equals(manifest.trainingRowsDigest()) ? members : List.of());
  }

  private @Nullable ExplanationEvidence explanation(
      Candidate candidate, ModelArtifact artifact, EvaluationRows rows, OnnxScorer scorer) {
    ExplanationProbe probe =
        new ExplanationProbe(
            policy.probes().explanation(),
            artifact,
            FeatureLayout.of(spec),
            scorer::positive,
            candidate.request().seed());
    return artifact
        .loadBackground(registry, candidate.runId())
        .flatMap(background -> probe.explain(background, rows.features()))
        .orElse(null);
  }

  private @Nullable MitigationCost cost(
      TrainingRequest request, ModelArtifact artifact, EvaluationRows rows, ScoredRows scored) {
    MitigationOrder order = request.mitigation();
    if (order == null) {
      return null;
    }
    ModelArtifact parent = ModelArtifact.load(registry, order.parentRunId());
    return MitigationCost.of(
        order,
        scored.labels(),
        rows.groups(order.groups()),
        new MitigationCost.Decided(scores(parent, rows), rows.thresholds(parent.manifest())),
        new MitigationCost.Decided(scored.candidate(), rows.thresholds(artifact.manifest())));
  }

  private static double[] scores(ModelArtifact artifact, EvaluationRows rows) {
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      return scorer.positive(rows.features());
    }
  }
}
