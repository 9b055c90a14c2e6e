package dev.weir.auditor.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.evidence.Measurements;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.verdict.GateEngine;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.scoring.OnnxScorer;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits every candidate: scores the rows that judge, gathers evidence, evaluates the policy, signs
 * a certificate whatever the verdict is, and says so on {@code audits} and for the ledger.
 *
 * <p>Idempotent by request id: a request is audited once, however often its candidate comes. The
 * audit is written first; an entry that got lost behind it is made from the audit.
 *
 * <p>Only the candidate's own files are certified, and the champion is compared by the files that
 * its certificate names: others stop the worker before anything is signed.
 */
public final class AuditWorker implements RecordLoop.Handler, AutoCloseable {
  /** Path of the evidence in a run's artifacts. */
  public static final String EVIDENCE_PATH = "audit/evidence.json";

  /** Path of the certificate in a run's artifacts. */
  public static final String CERTIFICATE_PATH = "audit/certificate.json";

  private static final Logger log = LoggerFactory.getLogger(AuditWorker.class);
  private static final String ACTOR = "auditor";

  private final ModelSpec spec;
  private final Policy policy;
  private final TopicNames names;
  private final ModelRegistry registry;
  private final SigningKey key;
  private final Clock clock;
  private final RangeReader reader;
  private final AuditRecords records;

  /**
   * Creates a worker.
   *
   * @param spec the model whose candidates are audited
   * @param policy what they must pass
   * @param names the names of its topics
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param registry where artifacts are
   * @param key signs certificates
   * @param clock gives the time of an audit
   */
  public AuditWorker(
      ModelSpec spec,
      Policy policy,
      TopicNames names,
      Map<String, Object> client,
      ModelRegistry registry,
      SigningKey key,
      Clock clock) {
    this.spec = spec;
    this.policy = policy;
    this.names = names;
    this.registry = registry;
    this.key = key;
    this.clock = clock;
    this.reader = new RangeReader(client);
    this.records = new AuditRecords(names, client, reader, key.verifier());
  }

  /** Returns the topics that a loop must hand to this. */
  public Collection<String> topics() {
    return List.of(names.of(Topics.CANDIDATES));
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> polled) throws InterruptedException {
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      Candidate candidate = Json.read(record.value(), Candidate.class);
      if (candidate.request().model().equals(spec.model())) {
        if (candidate.status() == Candidate.Status.TRAINED) {
          audit(candidate);
        } else {
          records.remember(failure(candidate));
        }
      }
    }
  }

  /** Returns true: what was said is read from the topics before each candidate. */
  @Override
  public boolean isRepeatable() {
    return true;
  }

  private void audit(Candidate candidate) throws InterruptedException {
    Optional<Audit> earlier = records.audit(candidate.request().requestId());
    Audit audit = earlier.isPresent() ? earlier.get() : judge(candidate);
    if (earlier.isEmpty()) {
      records.publish(audit);
      log.info(
          "audited requestId={} version={} verdict={}",
          audit.requestId(),
          audit.version(),
          audit.verdict().answer());
    }
    records.remember(entry(audit));
  }

  private Audit judge(Candidate candidate) {
    TrainingRequest request = candidate.request();
    ModelArtifact artifact = files(candidate);
    Optional<Deployment.Slot> champion = champion();
    EvaluationRows rows = EvaluationRows.read(reader, request.evaluation(), spec);
    byte[] evidence;
    Verdict verdict;
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      Optional<double[]> championScores = champion.map(slot -> scores(files(slot), rows));
      ScoredRows scored =
          new ScoredRows(rows.examples(), scorer.positive(rows.features()), championScores);
      Measurements measurements = new Measurements(scored, artifact.manifest());
      verdict = new GateEngine(policy).evaluate(measurements, champion.isPresent());
      List<String> names = artifact.manifest().featureNames();
      List<Evidence.Importance> importance =
          Evidence.importance(scorer::positive, rows, names, request.seed());
      evidence =
          Json.canonical(
              new Evidence(
                  Evidence.scores(scored),
                  rows.otherSpecRows(),
                  Evidence.withoutGroup(scored, policy),
                  importance,
                  verdict));
    }
    registry.upload(candidate.runId(), EVIDENCE_PATH, evidence);
    return sign(
        candidate,
        new Certificate.Predicate(
            spec.model(),
            candidate.version(),
            request.requestId(),
            spec.digest(),
            policy.id() + "@" + policy.version(),
            policy.digest(),
            verdict,
            champion.map(Deployment.Slot::version).orElse(null),
            request.training(),
            request.evaluation(),
            artifact.manifest().trainingRowsDigest(),
            RowsDigest.of(rows.examples()),
            Sha256.hex(evidence),
            clock.instant()));
  }

  private Audit sign(Candidate candidate, Certificate.Predicate predicate) {
    Certificate certificate =
        Certificate.of(candidate.onnxDigest(), candidate.manifestDigest(), predicate);
    Envelope envelope = Envelope.sign(certificate, key.id(), key.privateKey());
    registry.upload(candidate.runId(), CERTIFICATE_PATH, Json.write(envelope));
    int version = candidate.version();
    String word = predicate.verdict().answer().name();
    registry.setVersionTag(spec.model(), version, "weir.audit.verdict", word);
    registry.setVersionTag(spec.model(), version, "weir.audit.digest", digest(envelope));
    return new Audit(
        predicate.requestId(),
        spec.model(),
        version,
        candidate.runId(),
        predicate.verdict(),
        envelope,
        predicate.auditedAt());
  }

  private static String digest(Envelope envelope) {
    return Sha256.hex(envelope.payloadBytes());
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

  /** Returns the files that the candidate names, and no others that fit each other. */
  private ModelArtifact files(Candidate candidate) {
    ModelArtifact artifact = ModelArtifact.load(registry, candidate.runId());
    require(candidate, "model.onnx", candidate.onnxDigest(), artifact.onnx());
    require(candidate, "manifest.json", candidate.manifestDigest(), artifact.manifestBytes());
    return artifact;
  }

  private static void require(Candidate candidate, String file, String stated, byte[] content) {
    String actual = Sha256.hex(content);
    if (!actual.equals(stated)) {
      throw new ModelException(
          ModelException.Code.ARTIFACT_CORRUPT,
          file
              + " of request "
              + candidate.request().requestId()
              + " has sha256 "
              + actual
              + ", the candidate states "
              + stated);
    }
  }

  /** Returns the files that the champion's certificate lets serve. */
  private ModelArtifact files(Deployment.Slot slot) {
    ModelArtifact artifact = ModelArtifact.load(registry, slot.runId());
    key.verifier()
        .verifyForServing(
            slot.certificate(),
            spec.model(),
            slot.version(),
            artifact.onnx(),
            artifact.manifestBytes());
    return artifact;
  }

  private static double[] scores(ModelArtifact artifact, EvaluationRows rows) {
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      return scorer.positive(rows.features());
    }
  }

  private LedgerEntry failure(Candidate candidate) {
    String reason = candidate.failure();
    Map<String, String> facts = Map.of("reason", reason == null ? "unknown" : reason);
    return entry("failed-job", candidate.request().requestId(), candidate.finishedAt(), facts);
  }

  private LedgerEntry entry(Audit audit) {
    Certificate certificate = key.verifier().verify(audit.certificate());
    Map<String, Object> facts = new TreeMap<>();
    facts.put("version", audit.version());
    facts.put("verdict", audit.verdict().answer().name());
    facts.put("reasons", audit.verdict().reasons());
    facts.put("certificateDigest", digest(audit.certificate()));
    facts.put("onnxDigest", certificate.digestOf(Certificate.MODEL_FILE));
    return entry("audit", audit.requestId(), audit.auditedAt(), facts);
  }

  private LedgerEntry entry(String kind, String requestId, Instant at, Map<String, ?> facts) {
    JsonNode tree = Json.tree(facts);
    return new LedgerEntry(kind, ACTOR, spec.model(), requestId, at, tree);
  }

  @Override
  public void close() {
    records.close();
  }
}
