package dev.weir.auditor.worker;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
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
  private final EvidenceGathering gathering;
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
    this.gathering = new EvidenceGathering(spec, policy, registry, key, reader);
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
    JudgingRows judging = JudgingRows.read(reader, names, spec, evaluation);
    EvaluationRows rows = judging.rows();
    Evidence found = gathering.of(candidate, look, artifact, champion.map(files::of), judging);
    byte[] evidence = Json.canonical(found);
    registry.upload(candidate.runId(), AuditWorker.EVIDENCE_PATH, evidence);
    Certificate.Predicate predicate =
        new Certificate.Predicate(
            spec.model(),
            candidate.version(),
            request.requestId(),
            spec.digest(),
            policy.id() + "@" + policy.version(),
            policy.digest(),
            found.verdict(),
            look,
            champion.map(Deployment.Slot::version).orElse(null),
            request.training(),
            evaluation,
            judging.unobservedRanges(),
            judging.groupRanges(),
            artifact.manifest().trainingRowsDigest(),
            artifact.manifest().backgroundDigest(),
            RowsDigest.of(rows.examples()),
            Sha256.hex(evidence),
            clock.instant());
    reports.upload(candidate, artifact.manifest(), predicate, found);
    return sign(candidate, predicate, rowsAwaited(predicate, rows.examples().size()));
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

  /** A champion of another spec reads other features: the rollout compares it, event by event. */
  private Optional<Deployment.Slot> champion() {
    return live().filter(slot -> slot.specDigest().equals(spec.digest()));
  }

  private Optional<Deployment.Slot> live() {
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
}
