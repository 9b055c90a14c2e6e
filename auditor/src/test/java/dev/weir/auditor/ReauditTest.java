package dev.weir.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A candidate for which the evidence does not suffice is audited again when its rows have come. */
class ReauditTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2024-01-10T12:00:00Z"), ZoneOffset.UTC);
  private static final int FIRST = 60;

  @TempDir Path directory;
  private RegistryServer server;
  private ModelRegistry registry;
  private SigningKey key;
  private AuditScene scene;

  @BeforeEach
  void start() throws IOException {
    server = RegistryServer.start(directory.resolve("registry"), "127.0.0.1", 0, CLOCK);
    registry = ModelRegistry.connect(server.uri());
    key = SigningKey.in(directory.resolve("keys"));
    scene = AuditScene.young(registry, FIRST);
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void theNextLookComesWithTheRowThatCompletesIt() throws Exception {
    try (AuditWorker worker = scene.worker(key, CLOCK)) {
      worker.handle(candidate());
      Audit first = audits().get(0);
      assertThat(first.verdict().answer()).isEqualTo(Answer.INSUFFICIENT_EVIDENCE);
      assertThat(first.look()).isEqualTo(1);
      assertThat(first.rowsAwaited()).as(first.verdict().reasons().toString()).isPositive();
      long awaited = first.rowsAwaited();

      List<ConsumerRecord<byte[], byte[]>> rows = scene.moreRows(400);
      handleRows(worker, rows.subList(0, FIRST + (int) awaited - 1));
      assertThat(audits()).hasSize(1);
      handleRows(worker, rows.subList(FIRST, FIRST + (int) awaited));
      assertThat(audits()).hasSize(2);
      assertThat(audits().get(1).look()).isEqualTo(2);
      assertThat(evaluatedTo(audits().get(1))).isEqualTo(FIRST + awaited);

      handleRows(worker, rows);
    }
    Audit last = audits().get(audits().size() - 1);
    assertThat(last.verdict().answer()).isEqualTo(Answer.PASS);
    assertThat(last.isFinal()).isTrue();
    assertThat(audits()).extracting(Audit::look).doesNotHaveDuplicates();
    assertThat(entries()).hasSameSizeAs(audits());
  }

  /** What was consumed before the restart is not handed over again, and still counts. */
  @Test
  void aRestartCountsTheRowsThatCameBefore() throws Exception {
    long awaited;
    List<ConsumerRecord<byte[], byte[]>> rows;
    try (AuditWorker worker = scene.worker(key, CLOCK)) {
      worker.handle(candidate());
      awaited = audits().get(0).rowsAwaited();
      rows = scene.moreRows((int) awaited);
      handleRows(worker, rows.subList(0, rows.size() - 1));
    }
    try (AuditWorker worker = scene.worker(key, CLOCK)) {
      handleRows(worker, rows.subList(rows.size() - 1, rows.size()));
    }
    assertThat(audits()).extracting(Audit::look).containsExactly(1, 2);
    assertThat(evaluatedTo(audits().get(1))).isEqualTo(FIRST + awaited);
  }

  private long evaluatedTo(Audit audit) {
    Certificate certificate = key.verifier().verify(audit.certificate());
    assertThat(certificate.predicate().look()).isEqualTo(audit.look());
    return certificate.predicate().evaluation().get(0).to();
  }

  private ConsumerRecords<byte[], byte[]> candidate() {
    Candidate candidate = scene.candidate("r1");
    scene.send(Topics.CANDIDATES, Json.write(candidate));
    TopicPartition partition = new TopicPartition(scene.topic(Topics.CANDIDATES), 0);
    return new ConsumerRecords<>(
        Map.of(
            partition,
            List.of(
                new ConsumerRecord<>(partition.topic(), 0, 0, new byte[0], Json.write(candidate)))),
        Map.of());
  }

  private void handleRows(AuditWorker worker, List<ConsumerRecord<byte[], byte[]>> rows)
      throws InterruptedException {
    TopicPartition partition = new TopicPartition(scene.topic(Topics.EXAMPLES), 0);
    worker.handle(new ConsumerRecords<>(Map.of(partition, rows), Map.of()));
  }

  private List<Audit> audits() {
    return scene.read(Topics.AUDITS, Audit.class);
  }

  private List<LedgerEntry> entries() {
    return scene.read(Topics.LEDGER_ENTRIES, LedgerEntry.class);
  }
}
