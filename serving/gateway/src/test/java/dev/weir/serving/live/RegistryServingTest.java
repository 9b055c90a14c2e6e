package dev.weir.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.certificate.CertificateVerifier;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.certificate.Keys;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Deployment.Change;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.Verdict;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import dev.weir.serving.Models;
import dev.weir.serving.rollout.RegistryAliases;
import dev.weir.testkit.onnx.SoftmaxGraph;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the registry's files to probabilities by ONNX Runtime. */
class RegistryServingTest {
  private static final byte[] MANIFEST =
      "{\"featureNames\":[],\"kernel\":{},\"metrics\":{}}".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private final KeyPair keys = Keys.generate();
  private RegistryServer server;
  private ModelRegistry registry;
  private LiveModels live;

  @BeforeEach
  void start() throws IOException {
    server =
        RegistryServer.start(directory, "127.0.0.1", 0, Clock.fixed(Models.START, ZoneOffset.UTC));
    registry = ModelRegistry.connect(server.uri());
    ModelLoader loader =
        new ModelLoader(
            new RegistryArtifacts(registry),
            new CertificateVerifier(Map.of(Keys.id(keys.getPublic()), keys.getPublic())),
            OnnxScoring::open);
    live = new LiveModels(loader, new SimpleMeterRegistry());
  }

  @AfterEach
  void stop() throws IOException {
    live.close();
    registry.close();
    server.close();
  }

  @Test
  void certifiedGraphServesAndTheRegistryShowsIt() throws IOException {
    Deployment deployment =
        Models.deployment(1, slot(SoftmaxGraph.onnx(), SoftmaxGraph.onnx()), null);
    live.apply(deployment);
    try (Lease champion = live.champion(Models.MODEL).orElseThrow()) {
      double[] scores = champion.positive(new float[][] {{1, 0}, {2, 2}});
      assertThat(scores[0]).isCloseTo(1 / (1 + Math.E), org.assertj.core.data.Offset.offset(1e-6));
      assertThat(scores[1]).isCloseTo(0.5, org.assertj.core.data.Offset.offset(1e-6));
    }
    new RegistryAliases(registry).show(change(1, deployment.champion(), null, Change.PROMOTED));
    assertThat(registry.aliased(Models.MODEL, "champion")).hasValue(1);
    assertThat(registry.version(Models.MODEL, 1).orElseThrow().tags())
        .containsEntry("weir.deployment", "PROMOTED");
  }

  @Test
  void theAliasOfTheChallengerEndsWithTheShadow() {
    Deployment.Slot first = slot(SoftmaxGraph.onnx(), SoftmaxGraph.onnx());
    Deployment.Slot second = slot(SoftmaxGraph.onnx(), SoftmaxGraph.onnx());
    RegistryAliases aliases = new RegistryAliases(registry);
    aliases.show(change(1, first, null, Change.PROMOTED));
    for (Change end : List.of(Change.ROLLED_BACK, Change.PROMOTED)) {
      aliases.show(change(2, first, second, Change.SHADOWED));
      assertThat(registry.aliased(Models.MODEL, "challenger")).hasValue(2);
      aliases.show(change(3, end == Change.PROMOTED ? second : first, null, end));
      assertThat(registry.aliased(Models.MODEL, "challenger")).isEmpty();
    }
    assertThat(registry.aliased(Models.MODEL, "champion")).hasValue(2);
  }

  private static Deployment change(
      long sequence,
      Deployment.Slot champion,
      Deployment.@Nullable Slot challenger,
      Change change) {
    int version = challenger == null ? champion.version() : challenger.version();
    return new Deployment(
        Models.MODEL, sequence, champion, challenger, change, version, "r", "why", Models.START);
  }

  @Test
  void flippedByteInTheRegistryIsRefused() throws IOException {
    byte[] flipped = SoftmaxGraph.onnx();
    flipped[flipped.length / 2] ^= 1;
    Deployment.Slot slot = slot(SoftmaxGraph.onnx(), flipped);
    assertThatThrownBy(() -> live.apply(Models.deployment(1, slot, null)))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("model.onnx has sha256");
    assertThat(live.champion(Models.MODEL)).isEmpty();
  }

  private Deployment.Slot slot(byte[] certified, byte[] stored) {
    String run = registry.startRun("test", "run", Map.of(), 1);
    registry.upload(run, ModelArtifact.ONNX_PATH, stored);
    registry.upload(run, ModelArtifact.MANIFEST_PATH, MANIFEST);
    int version = registry.registerVersion(Models.MODEL, run, Map.of());
    Certificate.Predicate predicate =
        new Certificate.Predicate(
            Models.MODEL,
            version,
            "r",
            Models.SPEC.digest(),
            "p",
            "d",
            new Verdict.Pass(List.of()),
            1,
            null,
            List.of(),
            List.of(),
            null,
            null,
            "",
            null,
            "",
            "",
            Models.START);
    Envelope envelope =
        Envelope.sign(
            Certificate.of(Sha256.hex(certified), Sha256.hex(MANIFEST), predicate),
            Keys.id(keys.getPublic()),
            keys.getPrivate());
    return new Deployment.Slot(version, run, envelope, Models.START);
  }
}
