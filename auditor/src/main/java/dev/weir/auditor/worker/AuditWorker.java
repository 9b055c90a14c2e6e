package dev.weir.auditor.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.mitigation.NextMitigation;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.registry.ModelRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Audits every candidate: scores the rows that judge, gathers evidence, evaluates the policy, signs
 * a certificate whatever the verdict is, and says so on {@code audits} and for the ledger.
 *
 * <p>Where the evidence does not suffice, and more rows would do, it audits again when they have
 * come, on the extended range, as often as the policy allows; each look spends its own part of the
 * policy's error rate.
 *
 * <p>Idempotent by request id and look, however often a candidate comes. The audit is written
 * first; an entry that got lost behind it is made from the audit.
 *
 * <p>Only the candidate's own files are certified, and the champion is compared by the files that
 * its certificate names: others stop the worker before anything is signed.
 */
public final class AuditWorker implements RecordLoop.Handler, AutoCloseable {
  /** Path of the evidence in a run's artifacts. */
  public static final String EVIDENCE_PATH = "audit/evidence.json";

  /** Path of the scores from which robustness and privacy follow, bound by the evidence. */
  public static final String HAZARD_SCORES_PATH = "audit/hazard-scores.json";

  /** Path of the page for people in a run's artifacts. */
  public static final String REPORT_PATH = "audit/report.html";

  /** Path of the model card in a run's artifacts. */
  public static final String CARD_PATH = "audit/model-card.md";

  /** Path of the certificate in a run's artifacts. */
  public static final String CERTIFICATE_PATH = "audit/certificate.json";

  private static final Logger log = LoggerFactory.getLogger(AuditWorker.class);
  private static final String ACTOR = "auditor";

  private final ModelSpec spec;
  private final Policy policy;
  private final TopicNames names;
  private final SigningKey key;
  private final AuditRecords records;
  private final Judge judge;
  private final Reaudits reaudits;
  private final NextMitigation nextMitigation;
  private final Set<String> othersSpecs;
  private boolean isCaughtUp;

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
    this(spec, Set.of(), policy, names, client, registry, key, clock);
  }

  /**
   * Creates a worker beside others, one per spec of the model.
   *
   * @param othersSpecs digests of the specs whose candidates the others audit
   * @param names the names of the topics of this spec
   */
  public AuditWorker(
      ModelSpec spec,
      Set<String> othersSpecs,
      Policy policy,
      TopicNames names,
      Map<String, Object> client,
      ModelRegistry registry,
      SigningKey key,
      Clock clock) {
    this.spec = spec;
    this.othersSpecs = Set.copyOf(othersSpecs);
    this.policy = policy;
    this.names = names;
    this.key = key;
    RangeReader reader = new RangeReader(client);
    this.records = new AuditRecords(names, client, reader, key.verifier());
    this.judge = new Judge(spec, policy, names, registry, key, clock, reader);
    this.reaudits = new Reaudits(spec, reader);
    this.nextMitigation = new NextMitigation(policy);
  }

  /** Returns the topics that a loop must hand to this. */
  public Collection<String> topics() {
    return policy.reaudits() == 0
        ? List.of(names.of(Topics.CANDIDATES))
        : List.of(names.of(Topics.CANDIDATES), names.of(Topics.EXAMPLES));
  }

  @Override
  public void handle(ConsumerRecords<byte[], byte[]> polled) throws InterruptedException {
    catchUp();
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      if (record.topic().equals(names.of(Topics.EXAMPLES))) {
        for (Reaudits.Due due : reaudits.count(record)) {
          auditAgain(due);
        }
      } else {
        candidate(Json.read(record.value(), Candidate.class));
      }
    }
  }

  /** Returns true: what was said is read from the topics before each candidate. */
  @Override
  public boolean isRepeatable() {
    return true;
  }

  /** Takes over what an earlier life has said: who waits, and entries that got lost. */
  private void catchUp() throws InterruptedException {
    if (isCaughtUp) {
      return;
    }
    for (Audit audit : records.audits().values()) {
      if (audit.model().equals(spec.model()) && !isOfOthers(audit)) {
        settle(audit);
      }
    }
    isCaughtUp = true;
  }

  private void candidate(Candidate candidate) throws InterruptedException {
    TrainingRequest request = candidate.request();
    if (!request.model().equals(spec.model()) || othersSpecs.contains(request.specDigest())) {
      return;
    }
    if (candidate.status() == Candidate.Status.FAILED) {
      records.remember(failure(candidate));
      order(nextMitigation.after(candidate));
      return;
    }
    Optional<Audit> earlier = records.audit(candidate.request().requestId());
    if (earlier.isPresent()) {
      settle(earlier.get());
    } else {
      publish(judge.judge(candidate, 1, candidate.request().evaluation()));
    }
  }

  private boolean isOfOthers(Audit audit) {
    return othersSpecs.contains(
        key.verifier().verify(audit.certificate()).predicate().specDigest());
  }

  private void auditAgain(Reaudits.Due due) throws InterruptedException {
    Candidate candidate =
        records
            .candidate(due.requestId())
            .orElseThrow(
                () -> new IllegalStateException("no candidate for request " + due.requestId()));
    publish(judge.judge(candidate, due.look(), due.evaluation()));
  }

  private void publish(Audit audit) throws InterruptedException {
    records.publish(audit);
    log.info(
        "audited requestId={} version={} look={} verdict={} rowsAwaited={}",
        audit.requestId(),
        audit.version(),
        audit.look(),
        audit.verdict().answer(),
        audit.rowsAwaited());
    settle(audit);
  }

  private void settle(Audit audit) throws InterruptedException {
    Certificate certificate = key.verifier().verify(audit.certificate());
    reaudits.audited(audit, certificate.predicate().evaluation());
    records.remember(entry(audit, certificate));
    if (audit.verdict() instanceof Verdict.Block && policy.mitigation() != null) {
      Optional<Candidate> blocked = records.candidate(audit.requestId());
      order(
          blocked.flatMap(
              candidate ->
                  nextMitigation.after(
                      candidate.request(), audit, certificate.predicate().groupValues())));
    }
  }

  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  private void order(Optional<TrainingRequest> next) throws InterruptedException {
    if (next.isPresent()) {
      records.request(next.get());
      records.remember(entry(next.get()));
    }
  }

  private LedgerEntry failure(Candidate candidate) {
    String reason = candidate.failure();
    Map<String, String> facts = Map.of("reason", reason == null ? "unknown" : reason);
    return entry("failed-job", candidate.request().requestId(), candidate.finishedAt(), facts);
  }

  private LedgerEntry entry(TrainingRequest request) {
    MitigationOrder order = Objects.requireNonNull(request.mitigation(), "mitigation");
    Map<String, Object> facts = new TreeMap<>();
    facts.put("method", order.method().id());
    facts.put("groups", order.groups());
    facts.put("parentVersion", order.parentVersion());
    facts.put("reason", request.reason());
    return entry("mitigation", request.requestId(), request.requestedAt(), facts);
  }

  private LedgerEntry entry(Audit audit, Certificate certificate) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("version", audit.version());
    facts.put("verdict", audit.verdict().answer().name());
    facts.put("reasons", audit.verdict().reasons());
    facts.put("look", audit.look());
    if (audit.rowsAwaited() != null) {
      facts.put("rowsAwaited", audit.rowsAwaited());
    }
    facts.put("certificateDigest", Sha256.hex(audit.certificate().payloadBytes()));
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
