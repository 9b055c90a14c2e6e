package dev.weir.auditor.worker;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.evidence.Measurements;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.explanation.ExplanationEvidence;
import dev.weir.auditor.explanation.ExplanationProbe;
import dev.weir.auditor.mitigation.MitigationCost;
import dev.weir.auditor.verdict.GateEngine;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.explain.Scorer;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.scoring.OnnxScorer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Judges one candidate on given rows: scores, gathers evidence, evaluates the policy, signs. */
final class Judge {
  private final ModelSpec spec;
  private final Policy policy;
  private final TopicNames names;
  private final ModelRegistry registry;
  private final SigningKey key;
  private final Clock clock;
  private final RangeReader reader;
  private final CandidateFiles files;
  private final VersionMeter meter;
  private final Reports reports;

  Judge(
      ModelSpec spec,
      Policy policy,
      TopicNames names,
      ModelRegistry registry,
      SigningKey key,
      Clock clock,
      RangeReader reader) {
    this.spec = spec;
    this.policy = policy;
    this.names = names;
    this.registry = registry;
    this.key = key;
    this.clock = clock;
    this.reader = reader;
    this.files = new CandidateFiles(spec, registry, key);
    this.meter = new VersionMeter(registry, key.verifier());
    this.reports = new Reports(spec, registry);
  }

  /**
   * Returns the signed audit, whose evidence and certificate are then in the registry.
   *
   * @param look how often the candidate is audited with this, from 1
   * @param evaluation where the rows lie that judge
   */
  Audit judge(Candidate candidate, int look, List<OffsetRange> evaluation) {
    TrainingRequest request = candidate.request();
    ModelArtifact artifact = files.of(candidate);
    Optional<Deployment.Slot> champion = champion();
    EvaluationRows rows = EvaluationRows.read(reader, evaluation, spec);
    byte[] evidence;
    Verdict verdict;
    List<Evidence.Importance> importance;
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      Optional<ModelArtifact> rival = champion.map(files::of);
      Optional<double[]> championScores = rival.map(other -> scores(other, rows));
      ScoredRows scored =
          ScoredRows.of(rows.examples(), scorer.positive(rows.features()), championScores);
      Measurements measurements = new Measurements(scored, artifact.manifest());
      HazardProbe.Findings hazards =
          hazards(candidate, artifact, rival, scorer::positive, rows, measurements);
      registry.upload(candidate.runId(), AuditWorker.HAZARD_SCORES_PATH, hazards.scores());
      verdict =
          new GateEngine(policy, look)
              .evaluate(measurements.with(hazards.sources()), champion.isPresent());
      List<String> features = artifact.manifest().featureNames();
      importance = Evidence.importance(scorer::positive, rows, features, request.seed());
      evidence =
          Json.canonical(
              new Evidence(
                  Evidence.scores(rows, scored),
                  rows.otherSpecRows(),
                  Evidence.withoutGroup(scored, policy),
                  importance,
                  hazards.evidence(),
                  explanation(candidate, artifact, rows, scorer),
                  cost(request, artifact, rows, scored),
                  verdict));
    }
    registry.upload(candidate.runId(), AuditWorker.EVIDENCE_PATH, evidence);
    Certificate.Predicate predicate =
        new Certificate.Predicate(
            spec.model(),
            candidate.version(),
            request.requestId(),
            spec.digest(),
            policy.id() + "@" + policy.version(),
            policy.digest(),
            verdict,
            look,
            champion.map(Deployment.Slot::version).orElse(null),
            request.training(),
            evaluation,
            artifact.manifest().trainingRowsDigest(),
            artifact.manifest().backgroundDigest(),
            RowsDigest.of(rows.examples()),
            Sha256.hex(evidence),
            clock.instant());
    reports.upload(candidate, artifact.manifest(), predicate, importance);
    return sign(candidate, predicate, rowsAwaited(predicate, rows.examples().size()));
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
    List<Example> members = EvaluationRows.members(reader, request.training(), spec);
    return LabelledRows.of(
        RowsDigest.of(members).equals(manifest.trainingRowsDigest()) ? members : List.of());
  }

  private @Nullable ExplanationEvidence explanation(
      Candidate candidate, ModelArtifact artifact, EvaluationRows rows, OnnxScorer scorer) {
    ExplanationProbe probe =
        new ExplanationProbe(
            artifact, FeatureLayout.of(spec), scorer::positive, candidate.request().seed());
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

  private @Nullable Long rowsAwaited(Certificate.Predicate predicate, int rows) {
    boolean isOnExamples =
        predicate.evaluation().stream()
            .allMatch(range -> range.topic().equals(names.of(Topics.EXAMPLES)));
    return isOnExamples && predicate.look() <= policy.reaudits()
        ? NextLook.rowsAwaited(predicate.verdict(), rows)
        : null;
  }

  private Audit sign(
      Candidate candidate, Certificate.Predicate predicate, @Nullable Long rowsAwaited) {
    Certificate certificate =
        Certificate.of(candidate.onnxDigest(), candidate.manifestDigest(), predicate);
    Envelope envelope = Envelope.sign(certificate, key.id(), key.privateKey());
    registry.upload(candidate.runId(), AuditWorker.CERTIFICATE_PATH, Json.write(envelope));
    int version = candidate.version();
    String word = predicate.verdict().answer().name();
    registry.setVersionTag(spec.model(), version, "weir.audit.verdict", word);
    registry.setVersionTag(
        spec.model(), version, "weir.audit.digest", Sha256.hex(envelope.payloadBytes()));
    return new Audit(
        predicate.requestId(),
        spec.model(),
        version,
        candidate.runId(),
        predicate.verdict(),
        envelope,
        predicate.look(),
        rowsAwaited,
        predicate.auditedAt());
  }

  private Optional<Deployment.Slot> champion() {
    Optional<Deployment.Slot> champion = Optional.empty();
    for (ConsumerRecord<byte[], byte[]> record : reader.readAll(names.of(Topics.DEPLOYMENTS))) {
      if (record.value() != null) {
        Deployment deployment = Json.read(record.value(), Deployment.class);
        if (deployment.model().equals(spec.model())) {
          champion = Optional.ofNullable(deployment.champion());
        }
      }
    }
    return champion;
  }

  private static double[] scores(ModelArtifact artifact, EvaluationRows rows) {
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      return scorer.positive(rows.features());
    }
  }
}
