package dev.weir.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
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

/** A model whose labels come only where it does not select, on a real broker and registry. */
class SelectiveAuditTest {
  private static final Instant NOON = Instant.parse("2024-01-10T12:00:00Z");
  private static final Instant EVENTS = Instant.parse("2024-01-09T00:00:00Z");

  @TempDir Path directory;
  private RegistryServer server;
  private ModelRegistry registry;
  private SigningKey key;
  private AuditScene scene;

  @BeforeEach
  void start() throws IOException {
    server =
        RegistryServer.start(
            directory.resolve("registry"), "127.0.0.1", 0, Clock.fixed(NOON, ZoneOffset.UTC));
    registry = ModelRegistry.connect(server.uri());
    key = SigningKey.in(directory.resolve("keys"));
    scene = AuditScene.selective(registry);
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void rowsWithoutALabelAreCountedBoundedAndCertified() throws Exception {
    ModelSpec spec = scene.spec();
    scene.sendUnobserved(50, EVENTS.minus(Duration.ofDays(1)), spec.digest());
    int unobserved = scene.sendUnobserved(400, EVENTS, spec.digest());
    scene.sendUnobserved(50, EVENTS, "another spec");
    scene.sendUnobserved(50, EVENTS.plus(Duration.ofDays(1)), spec.digest());
    Candidate candidate = scene.candidate("r1");
    Audit audit = audited(candidate);

    assertThat(audit.verdict().answer()).isEqualTo(Answer.BLOCK);
    assertThat(audit.verdict().reasons())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("unseen (side=up");
    GateResult hits = result(audit, "hits", "side=up");
    assertThat(hits.reason()).contains("of observed labels only: decisions prevented those of ");
    assertThat(result(audit, "hits", "side=down").reason()).doesNotContain("observed labels");
    GateResult unseen = result(audit, "unseen", "side=up");
    JsonNode up = group(candidate, "side=up");
    long observed = up.path("observed").asLong();
    assertThat(up.path("unobserved").asInt()).isEqualTo(unobserved);
    assertThat(unseen.n()).isEqualTo(observed + unobserved);
    assertThat(unseen.value()).isEqualTo((double) unobserved / (observed + unobserved));
    assertBounds(up, observed, unobserved, hits.n());
    JsonNode down = group(candidate, "side=down").path("figures").path("brier");
    assertThat(down.path("lowest"))
        .isEqualTo(down.path("highest"))
        .isEqualTo(down.path("observed"));

    Certificate.Predicate certified = key.verifier().verify(audit.certificate()).predicate();
    assertThat(certified.unobserved())
        .containsExactly(new OffsetRange(scene.topic(Topics.UNOBSERVED), 0, 50, 550));
    assertThat(text(candidate, AuditWorker.REPORT_PATH))
        .contains("Labels that decisions prevented");
    assertThat(text(candidate, AuditWorker.CARD_PATH)).contains("| side=up | " + observed + " | ");
  }

  /** All on that side are selected, so none of its positives is missed for certain. */
  private static void assertBounds(JsonNode up, long observed, long unobserved, long positives) {
    assertThat(up.path("selectionRate").asDouble()).isEqualTo(1);
    JsonNode falsePositives = up.path("figures").path("falsePositiveRate");
    assertThat(falsePositives.path("observed").asDouble()).isEqualTo(1);
    JsonNode accuracy = up.path("figures").path("accuracy");
    double all = observed + unobserved;
    assertThat(accuracy.path("observed").asDouble()).isEqualTo((double) positives / observed);
    assertThat(accuracy.path("lowest").asDouble()).isEqualTo(positives / all);
    assertThat(accuracy.path("highest").asDouble()).isEqualTo((positives + unobserved) / all);
    JsonNode brier = up.path("figures").path("brier");
    assertThat(brier.path("lowest").asDouble()).isLessThan(brier.path("observed").asDouble());
    assertThat(brier.path("highest").asDouble()).isGreaterThan(brier.path("observed").asDouble());
  }

  @Test
  void whereNoLabelIsMissingTheFiguresHaveNoCaveat() throws Exception {
    Candidate candidate = scene.candidate("r1");
    Audit audit = audited(candidate);
    assertThat(audit.verdict().answer()).isEqualTo(Answer.PASS);
    assertThat(result(audit, "unseen", "side=up").value()).isZero();
    assertThat(result(audit, "hits", "side=up").reason()).doesNotContain("observed labels");
    assertThat(key.verifier().verify(audit.certificate()).predicate().unobserved()).isEmpty();
    assertThat(text(candidate, AuditWorker.REPORT_PATH)).contains("No held-out row of that time");
  }

  /** Of each group's rows with a label about half are selected, of g=0's without one all are. */
  @Test
  void aCandidateThatIsEvenOnlyWhereLabelsAreSeenIsBlocked() throws Exception {
    scene = AuditScene.even(registry);
    Audit alike = audited(scene.candidate("r1"));
    assertThat(alike.verdict().answer()).isEqualTo(Answer.PASS);
    long observed = result(alike, "even", "g=0").n();

    scene = AuditScene.even(registry);
    int unobserved = scene.sendUnobserved(1000, EVENTS, scene.spec().digest());
    Audit audit = audited(scene.candidate("r1"));

    assertThat(audit.verdict().answer()).isEqualTo(Answer.BLOCK);
    GateResult even = result(audit, "even", "g=0");
    assertThat(even.answer()).isEqualTo(Answer.BLOCK);
    assertThat(even.lower()).isGreaterThan(0.25);
    assertThat(even.n()).isEqualTo(observed + unobserved);
    assertThat(even.reason()).doesNotContain("observed labels");
    assertThat(result(audit, "ratio", "g=0").value()).isGreaterThan(1.5);
    assertThat(result(audit, "selected", "all").n()).isEqualTo(AuditScene.ROWS + unobserved);
    GateResult right = result(audit, "right", "g=0");
    assertThat(right.n()).isEqualTo(observed);
    assertThat(right.reason()).contains("of observed labels only");
  }

  @Test
  void aDeclaredGroupThatNoRowIsInIsMissedAndTabulated() throws Exception {
    scene = AuditScene.declaring(registry);
    Candidate candidate = scene.candidate("r1");
    Audit audit = audited(candidate);
    assertThat(audit.verdict().answer()).isEqualTo(Answer.INSUFFICIENT_EVIDENCE);
    assertThat(audit.verdict().reasons())
        .containsExactly(
            "unseen (side=level): NOT_ASSESSABLE, wanted < 0.2, n = 0; no row has this group");
    assertThat(result(audit, "hits", "side=level").isNotAssessable()).isTrue();
    JsonNode level = group(candidate, "side=level");
    assertThat(level.path("observed").asInt(-1)).isZero();
    assertThat(level.path("unobservedShare").isNull()).isTrue();
    assertThat(text(candidate, AuditWorker.CARD_PATH))
        .contains("| side=level | 0 | 0 | undefined | undefined |");
  }

  private Audit audited(Candidate candidate) throws InterruptedException {
    TopicPartition partition = new TopicPartition(scene.topic(Topics.CANDIDATES), 0);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(partition.topic(), 0, 0, null, Json.write(candidate));
    try (AuditWorker worker = scene.worker(key, Clock.fixed(NOON, ZoneOffset.UTC))) {
      worker.handle(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
    }
    return scene.read(Topics.AUDITS, Audit.class).get(0);
  }

  private static GateResult result(Audit audit, String gate, String group) {
    return audit.verdict().results().stream()
        .filter(r -> r.gate().equals(gate) && r.group().equals(group))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode group(Candidate candidate, String name) {
    JsonNode evidence =
        Json.read(registry.download(candidate.runId(), AuditWorker.EVIDENCE_PATH), JsonNode.class);
    for (JsonNode group : evidence.path("selective").path("groups")) {
      if (group.path("group").asText().equals(name)) {
        return group;
      }
    }
    throw new AssertionError("no group " + name + " in " + evidence.path("selective"));
  }

  private String text(Candidate candidate, String path) {
    return new String(registry.download(candidate.runId(), path), StandardCharsets.UTF_8);
  }
}
