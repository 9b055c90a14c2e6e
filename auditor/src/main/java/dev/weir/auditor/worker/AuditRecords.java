package dev.weir.auditor.worker;

import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What the auditor has said so far, on {@code audits} and for the ledger. It is read anew for each
 * candidate: those are few, and another auditor may have said something in the meantime.
 */
final class AuditRecords implements AutoCloseable {
  private final TopicNames names;
  private final CertificateVerifier verifier;
  private final RangeReader reader;
  private final KafkaProducer<byte[], byte[]> producer;

  AuditRecords(
      TopicNames names,
      Map<String, Object> client,
      RangeReader reader,
      CertificateVerifier verifier) {
    this.names = names;
    this.reader = reader;
    this.verifier = verifier;
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("acks", "all");
    settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Returns the audit of a request, if this auditor has signed one. */
  Optional<Audit> audit(String requestId) {
    return reader.readAll(names.of(Topics.AUDITS)).stream()
        .map(record -> Json.read(record.value(), Audit.class))
        .filter(audit -> audit.requestId().equals(requestId) && isSigned(audit))
        .findFirst();
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
    send(Topics.AUDITS, audit.model(), audit.auditedAt(), Json.write(audit));
  }

  /** Hands an entry to the ledger, once. */
  void remember(LedgerEntry entry) throws InterruptedException {
    if (!isRemembered(entry)) {
      send(Topics.LEDGER_ENTRIES, entry.requestId(), entry.at(), Json.write(entry));
    }
  }

  /** Returns when the broker has the record: what is written next rests on it. */
  private void send(Topics topic, String key, Instant at, byte[] value)
      throws InterruptedException {
    byte[] recordKey = key.getBytes(StandardCharsets.UTF_8);
    String name = names.of(topic);
    try {
      producer.send(new ProducerRecord<>(name, 0, at.toEpochMilli(), recordKey, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not take a record of " + name, e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
