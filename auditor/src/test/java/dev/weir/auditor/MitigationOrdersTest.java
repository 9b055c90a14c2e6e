package dev.weir.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** From a gap that blocks to a version that does not, on a real broker and a real registry. */
class MitigationOrdersTest {
  private static final Instant NOON = Instant.parse("2024-01-10T12:00:00Z");

  /** The medians of the scores on each side. */
  private static final Map<String, Double> THRESHOLDS = Map.of("up", 0.763, "down", 0.237);

  @TempDir Path directory;
  private RegistryServer server;
  private ModelRegistry registry;
  private SigningKey key;
  private AuditScene scene;
  private Instant now = NOON;

  @BeforeEach
  void start() throws IOException {
    server =
        RegistryServer.start(
            directory.resolve("registry"), "127.0.0.1", 0, Clock.fixed(NOON, ZoneOffset.UTC));
    registry = ModelRegistry.connect(server.uri());
    key = SigningKey.in(directory.resolve("keys"));
    scene = AuditScene.strict(registry);
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void aGapThatBlocksIsTriedByOneMethodAfterTheOther() throws Exception {
    Candidate parent = scene.candidate("r1");
    handle(parent);
    assertThat(audits().get(0).verdict().answer()).isEqualTo(Answer.BLOCK);
    TrainingRequest first = requests().get(0);
    assertThat(first.requestId()).isEqualTo("r1-reweighing");
    assertThat(first.training()).isEqualTo(parent.request().training());
    assertThat(first.evaluation()).isEqualTo(parent.request().evaluation());
    assertThat(first.seed()).isEqualTo(parent.request().seed());
    assertThat(first.mitigation().metric()).isEqualTo(Metric.SELECTION_RATE_DIFFERENCE);
    assertThat(first.mitigation().parentVersion()).isEqualTo(parent.version());

    handle(scene.failed(first, "MITIGATION: no training row has a value of the grouping"));
    TrainingRequest second = requests().get(1);
    assertThat(second.requestId()).isEqualTo("r1-groupThresholds");

    Candidate mitigated = scene.candidate(second, THRESHOLDS);
    handle(mitigated);
    assertThat(audits().get(1).verdict().answer()).isEqualTo(Answer.PASS);
    assertThat(requests()).hasSize(2);
    assertThat(entries())
        .extracting(LedgerEntry::kind)
        .containsExactly("audit", "mitigation", "failed-job", "mitigation", "audit");
    assertCost(evidence(mitigated).path("mitigation"));
    assertThat(evidence(parent).path("mitigation").isNull()).isTrue();
    assertThat(text(mitigated, AuditWorker.REPORT_PATH)).contains("What the mitigation changed");
    assertThat(text(mitigated, AuditWorker.CARD_PATH))
        .contains("## What the mitigation changed", "## Energy", "| 1,000 predictions | ");
  }

  /** The thresholds take half of each side, and pay with the labels that follow the score. */
  private static void assertCost(JsonNode cost) {
    assertThat(cost.path("rows").asInt()).isEqualTo(AuditScene.ROWS);
    assertThat(cost.path("accuracy").path("difference").asDouble()).isNegative();
    assertThat(cost.path("accuracy").path("upper").asDouble())
        .isGreaterThan(cost.path("accuracy").path("difference").asDouble());
    assertThat(cost.path("brier").path("difference").asDouble()).isZero();
    JsonNode rates = cost.path("selectionRates");
    assertThat(rates.path("up").path("parent").asDouble()).isEqualTo(1);
    assertThat(rates.path("down").path("parent").asDouble()).isZero();
    double gap =
        rates.path("up").path("mitigated").asDouble()
            - rates.path("down").path("mitigated").asDouble();
    assertThat(Math.abs(gap)).isLessThan(0.2);
    JsonNode gaps = cost.path("gaps");
    assertThat(gaps.path("parent").path("value").asDouble()).isEqualTo(1);
    assertThat(gaps.path("parent").path("lower").asDouble()).isBetween(0.8, 1.0);
    assertThat(gaps.path("mitigated").path("value").asDouble())
        .isCloseTo(Math.abs(gap), within(1e-12));
    assertThat(gaps.path("mitigated").path("upper").asDouble()).isGreaterThan(Math.abs(gap));
  }

  @Test
  void aRestartOrdersNothingTwice() throws Exception {
    Candidate parent = scene.candidate("r1");
    handle(parent);
    now = NOON.plusSeconds(60);
    handle(parent);
    assertThat(requests()).hasSize(1);
    assertThat(entries()).hasSize(2);
  }

  @Test
  void anOrderThatGotLostComesWithTheRestart() throws Exception {
    Candidate parent = scene.candidate("r1");
    handle(parent);
    TrainingRequest ordered = requests().get(0);
    Audit audit = audits().get(0);
    scene = scene.withNothingBut(Topics.AUDITS, Json.write(audit));
    now = NOON.plusSeconds(60);
    handle(parent);
    assertThat(requests()).containsExactly(ordered);
  }

  private void handle(Candidate candidate) throws InterruptedException {
    scene.send(Topics.CANDIDATES, Json.write(candidate));
    TopicPartition partition = new TopicPartition(scene.topic(Topics.CANDIDATES), 0);
    var record = new ConsumerRecord<>(partition.topic(), 0, 0, new byte[0], Json.write(candidate));
    try (AuditWorker worker = scene.worker(key, Clock.fixed(now, ZoneOffset.UTC))) {
      worker.handle(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
    }
  }

  private JsonNode evidence(Candidate candidate) {
    return Json.read(
        registry.download(candidate.runId(), AuditWorker.EVIDENCE_PATH), JsonNode.class);
  }

  private String text(Candidate candidate, String path) {
    return new String(registry.download(candidate.runId(), path), StandardCharsets.UTF_8);
  }

  private List<Audit> audits() {
    return scene.read(Topics.AUDITS, Audit.class);
  }

  private List<TrainingRequest> requests() {
    return scene.read(Topics.TRAINING_REQUESTS, TrainingRequest.class);
  }

  private List<LedgerEntry> entries() {
    return scene.read(Topics.LEDGER_ENTRIES, LedgerEntry.class);
  }
}
