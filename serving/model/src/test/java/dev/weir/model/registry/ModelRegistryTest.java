package dev.weir.model.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.artifact.ModelException.Code;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import dev.weir.registry.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRegistryTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private RegistryServer server;
  private ModelRegistry registry;

  @BeforeEach
  void start() throws IOException {
    server = RegistryServer.start(directory, "127.0.0.1", 0, Clock.fixed(NOW, ZoneOffset.UTC));
    registry = ModelRegistry.connect(server.uri());
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void repeatedRequestRegistersOneVersion() {
    String run = run();
    registry.logBatch(run, Map.of("brier", 0.125), Map.of("seed", "7"), 6);
    registry.finishRun(run, true, 7);

    int first = registry.registerVersion("flights", run, Map.of("weir.requestId", "r1"));
    int again = registry.registerVersion("flights", run, Map.of("weir.requestId", "r1"));
    int other = registry.registerVersion("flights", run, Map.of("weir.requestId", "r2"));

    assertThat(List.of(first, again, other)).containsExactly(1, 1, 2);
    assertThat(registry.versions("flights"))
        .extracting(RegisteredVersion::version)
        .containsExactly(1, 2);
    RegisteredVersion version = registry.version("flights", 1).orElseThrow();
    assertThat(version.runId()).isEqualTo(run);
    assertThat(version.createdAt()).isEqualTo(NOW);
    assertThat(version.source()).endsWith(run + "/artifacts/model");
  }

  @Test
  void runsAreFoundByTheirRequest() {
    assertThat(registry.runs("flights", "r1")).isEmpty();
    String open = registry.startRun("flights", "r1", Map.of("weir.requestId", "r1"), 5);
    String done = registry.startRun("flights", "r1", Map.of("weir.requestId", "r1"), 6);
    registry.startRun("flights", "r2", Map.of("weir.requestId", "r2"), 7);
    registry.finishRun(done, true, 8);

    assertThat(registry.runs("flights", "r1"))
        .containsExactly(new RequestRun(done, "FINISHED"), new RequestRun(open, "RUNNING"));
    assertThatThrownBy(() -> registry.runs("flights", "r' or 'a' = 'a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aliasFollowsTheLastSetting() {
    String run = run();
    registry.registerVersion("flights", run, Map.of());
    registry.registerVersion("flights", run, Map.of());
    assertThat(registry.aliased("flights", "champion")).isEmpty();
    assertThat(registry.aliased("unknown", "champion")).isEmpty();

    registry.setAlias("flights", "champion", 1);
    registry.setAlias("flights", "champion", 2);
    registry.setVersionTag("flights", 2, "weir.audit.verdict", "PASS");

    assertThat(registry.aliased("flights", "champion")).hasValue(2);
    assertThat(registry.version("flights", 2).orElseThrow().tags())
        .containsEntry("weir.audit.verdict", "PASS");
    assertThat(registry.version("flights", 3)).isEmpty();
    assertThat(registry.versions("unknown")).isEmpty();
  }

  @Test
  void aDeletedAliasIsGoneAndDeletingAnAbsentOneDoesNothing() {
    registry.registerVersion("flights", run(), Map.of());
    registry.setAlias("flights", "champion", 1);
    registry.setAlias("flights", "challenger", 1);

    registry.deleteAlias("flights", "challenger");
    registry.deleteAlias("flights", "challenger");

    assertThat(registry.aliased("flights", "challenger")).isEmpty();
    assertThat(registry.aliased("flights", "champion")).hasValue(1);
  }

  @Test
  void artifactComesBackVerifiedAndAChangedByteIsCorrupt() {
    String run = run();
    byte[] onnx = "graph".getBytes(UTF_8);
    ModelManifest manifest = manifest(ModelArtifact.sha256(onnx));
    ModelArtifact.of(onnx, manifest.toJson()).save(registry, run);

    assertThat(ModelArtifact.load(registry, run).manifest()).isEqualTo(manifest);
    assertThat(ModelArtifact.load(registry, run).onnx()).isEqualTo(onnx);

    byte[] reference = "profile".getBytes(UTF_8);
    registry.upload(run, ModelArtifact.REFERENCE_PATH, reference);
    assertThat(ModelArtifact.load(registry, run).loadReference(registry, run)).hasValue(reference);
    registry.upload(run, ModelArtifact.REFERENCE_PATH, "profilf".getBytes(UTF_8));
    assertCode(
        () -> ModelArtifact.load(registry, run).loadReference(registry, run),
        Code.ARTIFACT_CORRUPT);

    byte[] background = "rows".getBytes(UTF_8);
    registry.upload(run, ModelArtifact.BACKGROUND_PATH, background);
    assertThat(ModelArtifact.load(registry, run).loadBackground(registry, run))
        .hasValue(background);
    registry.upload(run, ModelArtifact.BACKGROUND_PATH, "rowz".getBytes(UTF_8));
    assertCode(
        () -> ModelArtifact.load(registry, run).loadBackground(registry, run),
        Code.ARTIFACT_CORRUPT);

    registry.upload(run, ModelArtifact.ONNX_PATH, "grapf".getBytes(UTF_8));
    assertCode(() -> ModelArtifact.load(registry, run), Code.ARTIFACT_CORRUPT);
  }

  @Test
  void absentFileAndAbsentRegistryHaveTheirOwnCodes() throws IOException {
    String run = run();
    assertCode(() -> registry.download(run, "model/none"), Code.ARTIFACT_MISSING);
    assertCode(() -> registry.download("none", "model/none"), Code.ARTIFACT_MISSING);
    server.close();
    assertCode(() -> registry.versions("flights"), Code.REGISTRY_UNAVAILABLE);
    server = RegistryServer.start(directory, "127.0.0.1", 0, Clock.systemUTC());
  }

  private String run() {
    return registry.startRun("flights", "first", Map.of("weir.requestId", "r1"), 5);
  }

  private static ModelManifest manifest(String digest) {
    return new ModelManifest(
        "flights",
        "r1",
        "spec",
        digest,
        List.of("b", "a"),
        0.5,
        0.2,
        100,
        50,
        "rows",
        7L,
        "weights",
        "0.1",
        Map.of("torch", "AVX2"),
        12.5,
        EnergyMethod.ESTIMATED,
        "child process",
        Map.of("brier", 0.1),
        ModelArtifact.sha256("profile".getBytes(UTF_8)),
        ModelArtifact.sha256("rows".getBytes(UTF_8)),
        NOW,
        null,
        null);
  }

  private static void assertCode(Runnable call, Code code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
