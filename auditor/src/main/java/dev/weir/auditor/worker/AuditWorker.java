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
import dev.weir.contracts.event.Example;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.scoring.OnnxScorer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits every candidate: scores the rows that judge, gathers evidence, evaluates the policy, signs
 * a certificate whatever the verdict is, and says so on {@code audits} and for the ledger.
 *
 * <p>Idempotent: auditing a candidate again gives the same verdict on the same rows.
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
  private final KafkaProducer<byte[], byte[]> producer;

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
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("acks", "all");
    settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns the topics that a loop must hand to this. */
  public Collection<String> topics() {
    return List.of(names.of(Topics.CANDIDATES));
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      Candidate candidate = Json.read(record.value(), Candidate.class);
      if (candidate.request().model().equals(spec.model())) {
        if (candidate.status() == Candidate.Status.TRAINED) {
          audit(candidate);
        } else {
          remember(candidate.request(), "failed-job", Map.of("reason", reason(candidate)));
        }
      }
    }
    producer.flush();
  }

  private static String reason(Candidate candidate) {
    String failure = candidate.failure();
    return failure == null ? "unknown" : failure;
  }

  private void audit(Candidate candidate) {
    TrainingRequest request = candidate.request();
    ModelArtifact artifact = ModelArtifact.load(registry, candidate.runId());
    Optional<Deployment.Slot> champion = champion();
    List<Example> rows = EvaluationRows.read(reader, request.evaluation(), spec);
    ScoredRows scored =
        new ScoredRows(
            rows, scores(artifact, rows), champion.map(slot -> scores(artifact(slot), rows)));
    Measurements measurements = new Measurements(scored, artifact.manifest());
    Verdict verdict = new GateEngine(policy).evaluate(measurements, champion.isPresent());
    byte[] evidence = Json.canonical(new Evidence(scored, verdict));
    Certificate certificate =
        Certificate.of(
            candidate.onnxDigest(),
            candidate.manifestDigest(),
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
                RowsDigest.of(rows),
                Sha256.hex(evidence),
                clock.instant()));
    publish(candidate, verdict, certificate, evidence);
  }

  private void publish(
      Candidate candidate, Verdict verdict, Certificate certificate, byte[] evidence) {
    Envelope envelope = Envelope.sign(certificate, key.id(), key.privateKey());
    registry.upload(candidate.runId(), EVIDENCE_PATH, evidence);
    registry.upload(candidate.runId(), CERTIFICATE_PATH, Json.write(envelope));
    String word = verdict.answer().name();
    String digest = Sha256.hex(envelope.payloadBytes());
    registry.setVersionTag(spec.model(), candidate.version(), "weir.audit.verdict", word);
    registry.setVersionTag(spec.model(), candidate.version(), "weir.audit.digest", digest);
    TrainingRequest request = candidate.request();
    Instant now = clock.instant();
    Audit audit =
        new Audit(
            request.requestId(),
            spec.model(),
            candidate.version(),
            candidate.runId(),
            verdict,
            envelope,
            now);
    send(Topics.AUDITS, spec.model(), now, Json.write(audit));
    Map<String, Object> facts = new TreeMap<>();
    facts.put("version", candidate.version());
    facts.put("verdict", word);
    facts.put("reasons", verdict.reasons());
    facts.put("certificateDigest", digest);
    facts.put("onnxDigest", candidate.onnxDigest());
    remember(request, "audit", facts);
    log.info(
        "audited requestId={} version={} verdict={}",
        request.requestId(),
        candidate.version(),
        word);
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

  private ModelArtifact artifact(Deployment.Slot slot) {
    return ModelArtifact.load(registry, slot.runId());
  }

  private static double[] scores(ModelArtifact artifact, List<Example> rows) {
    float[][] features =
        rows.stream().map(e -> e.row().features().toArray()).toArray(float[][]::new);
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      return scorer.positive(features);
    }
  }

  private void remember(TrainingRequest request, String kind, Map<String, ?> facts) {
    Instant now = clock.instant();
    JsonNode tree = Json.tree(facts);
    LedgerEntry entry = new LedgerEntry(kind, ACTOR, spec.model(), request.requestId(), now, tree);
    send(Topics.LEDGER_ENTRIES, request.requestId(), now, Json.write(entry));
  }

  private void send(Topics topic, String recordKey, Instant at, byte[] value) {
    producer.send(
        new ProducerRecord<>(
            names.of(topic),
            0,
            at.toEpochMilli(),
            recordKey.getBytes(StandardCharsets.UTF_8),
            value),
        (metadata, e) -> {
          if (e != null) {
            log.error("audit result not acknowledged topic={}", names.of(topic), e);
          }
        });
  }

  @Override
  public void close() {
    producer.close();
  }

  /** The stored evidence: every score that the verdict rests on. */
  private record Evidence(List<RowScore> scores, Verdict verdict) {
    Evidence(ScoredRows rows, Verdict verdict) {
      this(scores(rows), verdict);
    }

    private static List<RowScore> scores(ScoredRows rows) {
      double[] candidate = rows.candidate();
      Optional<double[]> champion = rows.champion();
      List<RowScore> scores = new ArrayList<>();
      for (int i = 0; i < candidate.length; i++) {
        Example example = rows.examples().get(i);
        int row = i;
        scores.add(
            new RowScore(
                example.eventId(),
                example.label(),
                candidate[i],
                champion.map(p -> p[row]).orElse(null)));
      }
      return scores;
    }
  }

  private record RowScore(
      String eventId,
      double label,
      double candidate,
      @org.jspecify.annotations.Nullable Double champion) {}
}
