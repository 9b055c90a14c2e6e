package dev.weir.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.robustness.Attack;
import dev.weir.auditor.robustness.AttackResult;
import dev.weir.auditor.robustness.ScoreBand;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Verdict;
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
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates on energy, leakage, robustness and privacy, on a real broker and a real registry. */
class HazardsTest {
  private static final Instant NOON = Instant.parse("2024-01-10T12:00:00Z");

  @TempDir static Path directory;
  private static RegistryServer server;
  private static ModelRegistry registry;
  private static SigningKey key;
  private static AuditScene first;
  private static Candidate candidate;
  private static Verdict verdict;

  @BeforeAll
  static void audit() throws IOException {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    server = RegistryServer.start(directory.resolve("registry"), "127.0.0.1", 0, clock);
    registry = ModelRegistry.connect(server.uri());
    key = SigningKey.in(directory.resolve("keys"));
    first = AuditScene.probing(registry);
    candidate = first.candidate("r1");
    verdict = audit(first, candidate).verdict();
  }

  @AfterAll
  static void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void everyGateIsAnswered() {
    assertThat(verdict.answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "joules").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "scoring joules").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "bytes").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "carbon").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "noise").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "adversary").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "membership").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "membership").value()).isCloseTo(0, within(0.15));
    assertThat(verdict.results().stream().filter(r -> r.gate().equals("leaks")))
        .extracting(GateResult::group)
        .containsExactly("feature=x", "feature=y");
    assertThat(verdict.results()).noneMatch(r -> r.gate().equals("worth it"));
  }

  @Test
  void explanationsAreJudged() {
    assertThat(result(verdict, "closely").value()).isZero();
    assertThat(result(verdict, "closely").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "whole").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "faithfully").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "stably").answer()).isEqualTo(Answer.PASS);
    assertThat(result(verdict, "stably by background").answer()).isEqualTo(Answer.BLOCK);
  }

  /** This one imputes nothing, so that a missing number may mean any score. */
  @Test
  void aModelWithoutAnAnswerToAMissingNumberIsFound() {
    assertThat(result(verdict, "missing").value()).isEqualTo(1);
    assertThat(result(verdict, "missing").answer()).isEqualTo(Answer.BLOCK);
  }

  /** This model has numbers only. */
  @Test
  void whatCannotBeDisturbedIsNotAssessable() {
    assertThat(result(verdict, "swaps").isNotAssessable()).isTrue();
    assertThat(result(verdict, "swaps").reason()).contains("nothing to disturb");
  }

  @Test
  void evidenceHoldsEverySection() {
    JsonNode hazards = evidence(candidate).path("hazards");

    JsonNode energy = hazards.path("energy");
    assertThat(energy.path("candidate").path("trainingMethod").asText()).isEqualTo("ESTIMATED");
    assertThat(energy.path("candidate").path("scoring").path("scope").asText()).isNotEmpty();
    assertThat(energy.path("terms").path("gramsPerKilowattHour").asDouble()).isEqualTo(56);
    assertThat(energy.path("gramsPerThousandPredictions").asDouble()).isPositive();
    assertThat(hazards.path("leakage")).hasSize(2);
    assertThat(hazards.path("leakage").get(0).path("isSuspect").asBoolean()).isFalse();
    assertThat(hazards.path("robustness").path("attacks")).hasSize(3);
    assertThat(hazards.path("robustness").path("extremes")).hasSize(8);
    assertThat(hazards.path("privacy").path("attempts")).hasSize(2);
  }

  /** Nobody needs the model to find the figures again. */
  @Test
  void figuresFollowFromTheStoredScores() {
    JsonNode hazards = evidence(candidate).path("hazards");
    byte[] stored = registry.download(candidate.runId(), AuditWorker.HAZARD_SCORES_PATH);

    assertThat(Sha256.hex(stored)).isEqualTo(hazards.path("scoresDigest").asText());
    JsonNode scores = Json.read(stored, JsonNode.class);
    JsonNode band = scores.path("attacks").get(0);
    AttackResult again =
        AttackResult.of(
            Attack.valueOf(band.path("attack").asText()),
            new ScoreBand(
                numbers(band.path("base")), numbers(band.path("low")), numbers(band.path("high"))),
            numbers(band.path("labels")),
            scores.path("threshold").asDouble());
    assertThat(Json.read(Json.canonical(again), JsonNode.class))
        .isEqualTo(hazards.path("robustness").path("attacks").get(0));
  }

  @Test
  void aChampionIsMeteredAndTheGainPerKilojouleJudged() {
    AuditScene scene = AuditScene.probing(registry);
    scene.promote(audit(scene, scene.candidate("r2")));
    Candidate second = scene.candidate("r3");

    Verdict later = audit(scene, second).verdict();

    assertThat(result(later, "worth it").answer()).isNotEqualTo(Answer.PASS);
    JsonNode champion = evidence(second).path("hazards").path("energy").path("champion");
    assertThat(champion.path("scoring").path("joulesPerThousand").asDouble()).isPositive();
  }

  /** The certificate is there and its audit got lost on the way: what was metered stays. */
  @Test
  void certifiedEnergyIsCopiedAndNotMeteredAgain() {
    JsonNode before = evidence(candidate).path("hazards").path("energy").path("candidate");

    audit(AuditScene.probing(registry), candidate);

    assertThat(evidence(candidate).path("hazards").path("energy").path("candidate"))
        .isEqualTo(before);
  }

  private static Audit audit(AuditScene scene, Candidate audited) {
    TopicPartition partition = new TopicPartition(scene.topic(Topics.CANDIDATES), 0);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(partition.topic(), 0, 0, new byte[0], Json.write(audited));
    try (AuditWorker worker = scene.worker(key, Clock.fixed(NOON, ZoneOffset.UTC))) {
      worker.handle(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    List<Audit> audits = scene.read(Topics.AUDITS, Audit.class);
    return audits.get(audits.size() - 1);
  }

  private static JsonNode evidence(Candidate audited) {
    byte[] json = registry.download(audited.runId(), AuditWorker.EVIDENCE_PATH);
    return Json.read(json, JsonNode.class);
  }

  private static GateResult result(Verdict verdict, String gate) {
    return verdict.results().stream()
        .filter(r -> r.gate().equals(gate))
        .findFirst()
        .orElseThrow(() -> new AssertionError(gate + " is not among " + verdict.results()));
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
