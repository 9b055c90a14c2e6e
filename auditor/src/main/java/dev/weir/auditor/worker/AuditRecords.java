package dev.weir.auditor.worker;

import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.RecordWriter;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the auditor has said so far, on {@code audits} and for the ledger. It is read anew for each
 * candidate: those are few, and another auditor may have said something in the meantime.
 */
final class AuditRecords implements AutoCloseable {
  private final TopicNames names;
  private final CertificateVerifier verifier;
  private final RangeReader reader;
  private final RecordWriter writer;

  AuditRecords(
      TopicNames names,
      Map<String, Object> client,
      RangeReader reader,
      CertificateVerifier verifier) {
    this.names = names;
    this.reader = reader;
    this.verifier = verifier;
    this.writer = new RecordWriter(client);
  }

  /** Returns the last audit of a request, if this auditor has signed one. */
  Optional<Audit> audit(String requestId) {
    return Optional.ofNullable(audits().get(requestId));
  }

  /** Returns the last audit that this auditor has signed, by request. */
  Map<String, Audit> audits() {
    Map<String, Audit> last = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : reader.readAll(names.of(Topics.AUDITS))) {
      Audit audit = Json.read(record.value(), Audit.class);
      if (isSigned(audit)) {
        last.merge(audit.requestId(), audit, (a, b) -> b.look() > a.look() ? b : a);
      }
    }
    return last;
  }

  /** Returns the trained candidate of a request. */
  Optional<Candidate> candidate(String requestId) {
    return reader.readAll(names.of(Topics.CANDIDATES)).stream()
        .map(record -> Json.read(record.value(), Candidate.class))
        .filter(c -> c.request().requestId().equals(requestId))
        .filter(c -> c.status() == Candidate.Status.TRAINED)
        .findFirst();
  }

  /** Hands a request to the trainer, once: its id tells whether it was. */
  void request(TrainingRequest request) throws InterruptedException {
    String topic = names.of(Topics.TRAINING_REQUESTS);
    boolean isThere =
        reader.readAll(topic).stream()
            .map(record -> Json.read(record.value(), TrainingRequest.class))
            .anyMatch(other -> other.requestId().equals(request.requestId()));
    if (!isThere) {
      writer.write(topic, request.model(), request.requestedAt(), Json.write(request));
    }
  }

  /** Anybody who may write to the topic could else keep a candidate from being audited. */
  private boolean isSigned(Audit audit) {
    try {
      verifier.verify(audit.certificate());
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  /** Returns whether exactly this was handed to the ledger. */
  private boolean isRemembered(LedgerEntry entry) {
    byte[] sought = Json.canonical(entry);
    return reader.readAll(names.of(Topics.LEDGER_ENTRIES)).stream()
        .filter(record -> record.timestamp() == entry.at().toEpochMilli())
        .map(record -> Json.canonical(Json.read(record.value(), LedgerEntry.class)))
        .anyMatch(other -> Arrays.equals(other, sought));
  }

  void publish(Audit audit) throws InterruptedException {
    String topic = names.of(Topics.AUDITS);
    writer.write(topic, audit.model(), audit.auditedAt(), Json.write(audit));
  }

  /** Hands an entry to the ledger, once. */
  void remember(LedgerEntry entry) throws InterruptedException {
    if (!isRemembered(entry)) {
      String topic = names.of(Topics.LEDGER_ENTRIES);
      writer.write(topic, entry.requestId(), entry.at(), Json.write(entry));
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
