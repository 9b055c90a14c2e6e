package dev.weir.auditor.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.auditor.certificate.SigningKey;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.model.artifact.Compression;
import dev.weir.model.artifact.Compression.Method;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentFilesTest {
  private static final byte[] ONNX = "graph".getBytes(UTF_8);
  private static final Verdict PASS = new Verdict.Pass(List.of());

  @TempDir Path directory;
  private RegistryServer server;
  private ModelRegistry registry;
  private SigningKey key;

  @BeforeEach
  void start() throws IOException {
    Clock noon = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    server = RegistryServer.start(directory.resolve("registry"), "127.0.0.1", 0, noon);
    registry = ModelRegistry.connect(server.uri());
    key = SigningKey.in(directory.resolve("keys"));
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void aParentThatPassedIsAFairMeasure() throws IOException {
    String run = store(manifest(List.of("x"), null));
    certify(run, key, 3, PASS);
    ParentFiles.Parent parent = load(run, 3, Sha256.hex(ONNX));
    assertThat(parent.refusal()).isEmpty();
    assertThat(parent.artifact().onnx()).isEqualTo(ONNX);
  }

  @Test
  void aParentWithoutACertificateIsRefused() {
    String run = store(manifest(List.of("x"), null));
    assertRefused(run, 3, "version 3, has not passed an audit: there is no certificate");
  }

  @Test
  void aParentWhoseAuditDidNotPassIsRefused() {
    String run = store(manifest(List.of("x"), null));
    certify(run, key, 3, new Verdict.Block(List.of()));
    assertRefused(run, 3, "has not passed an audit: verdict of late v3 is BLOCK");
  }

  @Test
  void aCertificateOfAnotherVersionOrKeyIsRefused() throws IOException {
    String run = store(manifest(List.of("x"), null));
    certify(run, key, 2, PASS);
    assertRefused(run, 3, "certificate is for late v2");
    certify(run, SigningKey.in(directory.resolve("stranger")), 3, PASS);
    assertRefused(run, 3, "no valid signature");
    registry.upload(run, AuditWorker.CERTIFICATE_PATH, "{}".getBytes(UTF_8));
    assertRefused(run, 3, "has not passed an audit");
  }

  @Test
  void aFileThatTheManifestDoesNotNameIsRefused() {
    String run = store(manifest(List.of("x"), null));
    certify(run, key, 3, PASS);
    ParentFiles.Parent parent = load(run, 3, "another");
    assertThat(parent.artifact()).isNull();
    assertThat(parent.refusal()).contains("is another file", "the manifest names another");
  }

  @Test
  void aFileThatIsGoneOrSpoiltIsRefused() {
    assertRefused("nowhere", 3, "the parent, version 3, cannot be had: no run nowhere");
    String run = store(manifest(List.of("x"), null));
    registry.upload(run, ModelArtifact.ONNX_PATH, "spoilt".getBytes(UTF_8));
    assertRefused(run, 3, "cannot be had: onnx digest is");
  }

  /** Else many losses, each tolerable, could add up unseen. */
  @Test
  void aCompressedParentIsRefused() {
    Compression earlier = new Compression(List.of(Method.PRUNED), 1, "run-1", "digest");
    String run = store(manifest(List.of("x"), earlier));
    certify(run, key, 3, PASS);
    assertRefused(run, 3, "is itself compressed");
  }

  @Test
  void aParentOfOtherFeaturesIsRefused() {
    assertRefused(store(manifest(List.of("x", "y"), null)), 3, "reads other features: [x, y]");
  }

  @Test
  void aRegistryThatIsAwayIsNoFinding() throws IOException {
    String run = store(manifest(List.of("x"), null));
    server.close();
    assertThatThrownBy(() -> load(run, 3, Sha256.hex(ONNX)))
        .isInstanceOfSatisfying(ModelException.class, e -> assertThat(e.isTransient()).isTrue());
  }

  private void assertRefused(String run, int version, String why) {
    ParentFiles.Parent parent = load(run, version, Sha256.hex(ONNX));
    assertThat(parent.artifact()).isNull();
    assertThat(parent.refusal()).contains(why);
  }

  private ParentFiles.Parent load(String run, int version, String digest) {
    Compression compression = new Compression(List.of(Method.QUANTIZED), version, run, digest);
    return new ParentFiles(registry, key).of(compression, manifest(List.of("x"), compression));
  }

  private String store(ModelManifest manifest) {
    String run = registry.startRun("test", "parent", Map.of(), 1);
    ModelArtifact.of(ONNX, manifest.toJson()).save(registry, run);
    return run;
  }

  private void certify(String run, SigningKey signer, int version, Verdict verdict) {
    byte[] manifest = registry.download(run, ModelArtifact.MANIFEST_PATH);
    Certificate.Predicate predicate =
        new Certificate.Predicate(
            "late",
            version,
            "r-1",
            "spec",
            "p@1",
            "policy",
            verdict,
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
            Instant.EPOCH);
    Certificate certificate = Certificate.of(Sha256.hex(ONNX), Sha256.hex(manifest), predicate);
    Envelope envelope = Envelope.sign(certificate, signer.id(), signer.privateKey());
    registry.upload(run, AuditWorker.CERTIFICATE_PATH, Json.write(envelope));
  }

  private static ModelManifest manifest(List<String> features, @Nullable Compression compression) {
    return new ModelManifest(
        "late",
        "r-1",
        "spec",
        Sha256.hex(ONNX),
        features,
        0.5,
        0.5,
        100,
        100,
        "",
        1,
        "",
        "test",
        Map.of(),
        1,
        ModelManifest.EnergyMethod.ESTIMATED,
        "test",
        Map.of(),
        null,
        null,
        Instant.EPOCH,
        null,
        compression);
  }
}
