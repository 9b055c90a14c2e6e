package dev.weir.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.serde.Json;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates made from another version, on a real broker and a real registry. */
class CompressedCandidateTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2024-01-10T12:00:00Z"), ZoneOffset.UTC);

  /** A weight a sixth of the largest is nothing in steps as wide as the largest. */
  private static final int COARSE = 1;

  /** Eight bits. */
  private static final int GENTLE = 127;

  @TempDir static Path directory;
  private static RegistryServer server;
  private static ModelRegistry registry;
  private static CompressionScene scene;
  private static Candidate parent;

  @BeforeAll
  static void start() throws Exception {
    server = RegistryServer.start(directory.resolve("registry"), "127.0.0.1", 0, NOON);
    registry = ModelRegistry.connect(server.uri());
    scene = new CompressionScene(registry, SigningKey.in(directory.resolve("keys")), NOON);
    parent = scene.candidate("r1", CompressionScene.trained(), null);
    scene.audit(parent);
  }

  @AfterAll
  static void stop() throws IOException {
    scene.close();
    registry.close();
    server.close();
  }

  @Test
  void aCandidateMadeFromNoOtherIsNotAskedWhatChanged() {
    JsonNode evidence = evidence(parent);
    assertThat(answer(evidence)).isEqualTo("PASS");
    assertThat(gates(evidence, "PASS")).containsExactly("ranks all");
    assertThat(evidence.path("verdict").path("results")).hasSize(1);
    assertThat(evidence.path("pair").isNull()).isTrue();
    assertThat(evidence.path("scores").path(0).has("parent")).isFalse();
    assertThat(report(parent)).doesNotContain("What compressing changed");
  }

  @Test
  void eightBitsPass() throws Exception {
    Candidate gentle =
        scene.candidate("r2", CompressionScene.quantized(GENTLE), CompressionScene.of(parent));
    scene.audit(gentle);
    JsonNode evidence = evidence(gentle);
    assertThat(answer(evidence)).as("%s", evidence.path("verdict")).isEqualTo("PASS");
    assertThat(evidence.path("verdict").path("results")).hasSize(10);
    assertThat(evidence.path("scores").path(0).path("parent").asDouble()).isBetween(0.0, 1.0);
  }

  /** Then both versions are explained by their scores, in the same random orders. */
  @Test
  void aFileWhoseWeightsCannotBeReadIsComparedByItsScores() throws Exception {
    Candidate unreadable =
        scene.candidate("r6", CompressionScene.unreadable(), CompressionScene.of(parent));
    scene.audit(unreadable);
    JsonNode evidence = evidence(unreadable);
    assertThat(answer(evidence)).isEqualTo("PASS");
    JsonNode shift = evidence.path("pair").path("groups").path(2).path("attributionShift");
    assertThat(shift.path("rows").asInt()).isEqualTo(30);
    assertThat(shift.path("value").asDouble()).isLessThan(1e-3);
  }

  @Test
  void stepsThatAreTooWideForTheSmallGroupBlockThoughTheModelRanksAsWell() throws Exception {
    Candidate coarse =
        scene.candidate("r3", CompressionScene.quantized(COARSE), CompressionScene.of(parent));
    scene.audit(coarse);
    JsonNode evidence = evidence(coarse);
    assertThat(answer(evidence)).isEqualTo("BLOCK");
    assertThat(gates(evidence, "BLOCK"))
        .containsExactlyInAnyOrder(
            "still right size=small", "same decisions size=small", "same reasons size=small");
    assertThat(gates(evidence, "PASS"))
        .contains(
            "ranks all", "still right size=large", "same decisions size=large", "as sure all");
    JsonNode auc = evidence.path("pair").path("auc");
    assertThat(auc.path("candidate").asDouble()).isGreaterThan(0.9);
    assertThat(auc.path("change").asDouble()).isBetween(-0.03, 0.0);
    assertTable(evidence.path("pair").path("groups"));
    assertThat(report(coarse))
        .contains("What compressing changed", "Version 1 was quantized", "size=small");
    assertThat(text(coarse, AuditWorker.CARD_PATH)).contains("## What compressing changed");
  }

  private static void assertTable(JsonNode groups) {
    assertThat(groups)
        .extracting(g -> g.path("group").asText())
        .containsExactly("all", "size=large", "size=small");
    JsonNode all = groups.path(0);
    JsonNode small = groups.path(2);
    assertThat(all.path("rows").asInt()).isEqualTo(CompressionScene.ROWS);
    int flipped = small.path("newlySelected").asInt() + small.path("newlyRejected").asInt();
    assertThat((double) flipped / small.path("rows").asInt()).isBetween(0.35, 0.65);
    JsonNode accuracy = small.path("rates").path("accuracy");
    assertThat(accuracy.path("upper").asDouble()).isLessThan(-0.1);
    assertThat(accuracy.path("candidate").asDouble() - accuracy.path("parent").asDouble())
        .isCloseTo(accuracy.path("change").asDouble(), within(1e-9));
    assertThat(small.path("attributionShift").path("rows").asInt()).isEqualTo(30);
    assertThat(small.path("attributionShift").path("value").asDouble()).isGreaterThan(0.7);
    assertThat(groups.path(1).path("attributionShift").path("value").asDouble()).isLessThan(0.2);
  }

  @Test
  void aParentThatIsNotThereIsAFindingAndThePolicyAnswers() throws Exception {
    Candidate spoilt = scene.candidate("r4", CompressionScene.trained(), null);
    Candidate orphan =
        scene.candidate("r5", CompressionScene.quantized(GENTLE), CompressionScene.of(spoilt));
    registry.upload(spoilt.runId(), ModelArtifact.ONNX_PATH, CompressionScene.inverted());
    scene.audit(orphan);
    JsonNode evidence = evidence(orphan);
    assertThat(answer(evidence)).isEqualTo("BLOCK");
    assertThat(gates(evidence, "BLOCK")).containsExactly("same decisions size");
    assertThat(gates(evidence, "INSUFFICIENT_EVIDENCE"))
        .contains("still right size", "as sure all");
    assertThat(evidence.path("pair").path("refusal").asText())
        .startsWith("the parent, version " + spoilt.version() + ", cannot be had: onnx digest is");
    assertThat(evidence.path("pair").path("groups")).isEmpty();
    assertThat(report(orphan)).contains("could not be compared", "not assessable");
  }

  private static String answer(JsonNode evidence) {
    return evidence.path("verdict").path("verdict").asText();
  }

  private static List<String> gates(JsonNode evidence, String answer) {
    List<String> gates = new ArrayList<>();
    for (JsonNode result : evidence.path("verdict").path("results")) {
      if (result.path("answer").asText().equals(answer)) {
        gates.add(result.path("gate").asText() + " " + result.path("group").asText());
      }
    }
    return gates;
  }

  private JsonNode evidence(Candidate candidate) {
    return Json.read(
        registry.download(candidate.runId(), AuditWorker.EVIDENCE_PATH), JsonNode.class);
  }

  private String report(Candidate candidate) {
    return text(candidate, AuditWorker.REPORT_PATH);
  }

  private String text(Candidate candidate, String path) {
    return new String(registry.download(candidate.runId(), path), StandardCharsets.UTF_8);
  }
}
