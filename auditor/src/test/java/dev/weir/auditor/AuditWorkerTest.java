package dev.weir.auditor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.certificate.CertificateException;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.digest.Sha256;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
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

/** The worker on a real broker and a real registry. */
class AuditWorkerTest {
  private static final Instant NOON = Instant.parse("2024-01-10T12:00:00Z");

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
    scene = AuditScene.create(registry);
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void aFairCandidateIsCertifiedWithItsEvidenceAndRemembered() {
    Candidate candidate = scene.candidate("r1");
    audit(candidate, NOON);
    Audit audit = audits().get(0);
    assertThat(audit.verdict().answer()).isEqualTo(Answer.PASS);
    Certificate certificate =
        key.verifier()
            .verifyForServing(
                audit.certificate(),
                AuditScene.SPEC.model(),
                candidate.version(),
                registry.download(candidate.runId(), ModelArtifact.ONNX_PATH),
                registry.download(candidate.runId(), ModelArtifact.MANIFEST_PATH));
    byte[] evidence = registry.download(candidate.runId(), AuditWorker.EVIDENCE_PATH);
    assertThat(certificate.predicate().evidenceDigest()).isEqualTo(Sha256.hex(evidence));
    assertThat(Json.read(evidence, JsonNode.class).path("rowsWithoutGroup").path("g").asLong())
        .isBetween(1L, (long) AuditScene.ROWS - 1);
    assertThat(registry.version(AuditScene.SPEC.model(), candidate.version()).orElseThrow().tags())
        .containsEntry("weir.audit.verdict", "PASS")
        .containsEntry("weir.audit.policy", "test@1")
        .containsEntry("weir.audit.look", "1")
        .containsEntry("weir.audit.digest", Sha256.hex(audit.certificate().payloadBytes()));
    assertThat(text(candidate, AuditWorker.REPORT_PATH)).contains("PASS", "ranks", "</html>");
    assertThat(text(candidate, AuditWorker.CARD_PATH)).startsWith("---").contains("model-index");
    LedgerEntry entry = entries().get(0);
    assertThat(entry.kind()).isEqualTo("audit");
    assertThat(entry.facts().path("onnxDigest").asText()).isEqualTo(candidate.onnxDigest());
  }

  @Test
  void oneFlippedByteInPayloadSignatureOrModelIsRefused() {
    Candidate candidate = scene.candidate("r1");
    audit(candidate, NOON);
    Envelope envelope = audits().get(0).certificate();
    byte[] onnx = registry.download(candidate.runId(), ModelArtifact.ONNX_PATH);
    byte[] manifest = registry.download(candidate.runId(), ModelArtifact.MANIFEST_PATH);
    byte[] changed = onnx.clone();
    changed[changed.length / 2] ^= 1;
    assertRefused(envelope, candidate, changed, manifest, "model.onnx");
    assertRefused(flipPayload(envelope), candidate, onnx, manifest, "signature");
    assertRefused(flipSignature(envelope), candidate, onnx, manifest, "signature");
  }

  /** Else a fair model could be lent for the audit and the unfair one certified. */
  @Test
  void filesOtherThanTheCandidatesAreNotCertified() {
    Candidate candidate = scene.candidate("r1");
    scene.replaceFiles(candidate, "r1");
    assertThatThrownBy(() -> audit(candidate, NOON)).hasMessageContaining(candidate.onnxDigest());
    assertThat(audits()).isEmpty();
    assertThat(entries()).isEmpty();
  }

  @Test
  void theChampionIsScoredAndNamed() {
    Candidate first = scene.candidate("r1");
    audit(first, NOON);
    scene.promote(audits().get(0));
    Candidate second = scene.candidate("r2");
    audit(second, NOON);
    Certificate certificate = key.verifier().verify(audits().get(1).certificate());
    assertThat(certificate.predicate().championVersion()).isEqualTo(first.version());
    assertThat(evidence(second).path("scores"))
        .hasSize(AuditScene.ROWS)
        .allSatisfy(s -> assertThat(s.path("champion").isNumber()).isTrue());
  }

  /** A worse model in the champion's place would make any candidate look better. */
  @Test
  void aChampionOfOtherFilesIsNotComparedWith() {
    Candidate first = scene.candidate("r1");
    audit(first, NOON);
    scene.promote(audits().get(0));
    scene.replaceFiles(first, "r1");
    assertThatThrownBy(() -> audit(scene.candidate("r2"), NOON))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining("model.onnx");
    assertThat(audits()).hasSize(1);
  }

  /** Anybody who may write to the topic could else keep a candidate from being audited. */
  @Test
  void anAuditThatSomebodyElseSignedDoesNotCount() throws IOException {
    Candidate candidate = scene.candidate("r1");
    SigningKey mine = key;
    key = SigningKey.in(directory.resolve("others"));
    audit(candidate, NOON);
    key = mine;
    audit(candidate, NOON.plusSeconds(60));
    assertThat(audits()).hasSize(2);
    assertThat(entries()).hasSize(2);
    key.verifier().verify(audits().get(1).certificate());
  }

  @Test
  void auditingAgainLaterChangesNothing() {
    Candidate candidate = scene.candidate("r1");
    audit(candidate, NOON);
    byte[] first = registry.download(candidate.runId(), AuditWorker.CERTIFICATE_PATH);
    audit(candidate, NOON.plusSeconds(3600));
    assertThat(audits()).hasSize(1);
    assertThat(entries()).hasSize(1);
    assertThat(registry.download(candidate.runId(), AuditWorker.CERTIFICATE_PATH)).isEqualTo(first);
  }

  @Test
  void anAuditWhoseEntryWasLostIsRememberedFromTheAudit() {
    Candidate candidate = scene.candidate("r1");
    audit(candidate, NOON);
    LedgerEntry original = entries().get(0);
    Audit audit = audits().get(0);
    scene = scene.withFreshTopics();
    scene.send(Topics.AUDITS, Json.write(audit));
    audit(candidate, NOON.plusSeconds(3600));
    assertThat(audits()).hasSize(1);
    assertThat(entries()).containsExactly(original);
  }

  @Test
  void aFailedJobIsRememberedOnce() {
    Candidate failed = scene.failed("r1", "out of memory");
    audit(failed, NOON);
    audit(failed, NOON.plusSeconds(3600));
    assertThat(audits()).isEmpty();
    assertThat(entries()).hasSize(1);
    assertThat(entries().get(0).kind()).isEqualTo("failed-job");
    assertThat(entries().get(0).facts().path("reason").asText()).isEqualTo("out of memory");
  }

  /** The loop commits when the handler returns, so it must not return then. */
  @Test
  void aResultThatTheBrokerRefusesIsNotTakenAsWritten() {
    scene = scene.withTopicsOfAtMost(400);
    Candidate candidate = scene.candidate("r1");
    assertThatThrownBy(() -> audit(candidate, NOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("audits");
  }

  @Test
  void evidenceHoldsScoresImportanceAndTheRowsLeftOut() {
    scene.sendRowsOfAnotherSpec(7);
    Candidate candidate = scene.candidate("r1");
    audit(candidate, NOON);
    JsonNode evidence = evidence(candidate);
    assertThat(evidence.path("otherSpecRows").asInt()).isEqualTo(7);
    assertThat(evidence.path("scores")).hasSize(AuditScene.ROWS);
    JsonNode importance = evidence.path("importance");
    assertThat(importance).hasSize(2);
    assertThat(importance.get(0).path("feature").asText()).isEqualTo("x");
    assertThat(importance.get(0).path("meanIncrease").asDouble()).isGreaterThan(0.01);
  }

  /** P(1) = 1 / (1 + exp(x − y)): both features matter alike, and the values add up. */
  @Test
  void explanationIsOfThePinnedBackgroundThatIsCertified() {
    Candidate candidate = scene.candidate("r1");
    audit(candidate, NOON);
    JsonNode explanation = evidence(candidate).path("explanation");
    String digest = Sha256.hex(AuditScene.BACKGROUND);
    Certificate certificate = key.verifier().verify(audits().get(0).certificate());

    assertThat(certificate.predicate().backgroundDigest()).isEqualTo(digest);
    assertThat(explanation.path("backgroundDigest").asText()).isEqualTo(digest);
    assertThat(explanation.path("method").asText()).isEqualTo("exact");
    assertThat(explanation.path("backgroundRows").asInt()).isEqualTo(3);
    JsonNode x = explanation.path("importance").get(0);
    assertThat(x.path("feature").asText()).isEqualTo("x");
    assertThat(x.path("lower").asDouble()).isBetween(0.05, x.path("meanAbsolute").asDouble());
    JsonNode quality = explanation.path("quality");
    assertThat(quality.path("largestAdditivityGap").asDouble()).isLessThan(1e-12);
    assertThat(quality.path("deletionGain").path("value").asDouble()).isPositive();
    assertThat(quality.path("noiseChange").path("value").asDouble()).isBetween(0.001, 0.5);
  }

  @Test
  void aBackgroundThatIsNotTheCandidatesIsRefused() {
    Candidate candidate = scene.candidate("r1");
    byte[] other = "x,y\n9,9\n".getBytes(UTF_8);
    registry.upload(candidate.runId(), ModelArtifact.BACKGROUND_PATH, other);
    assertThatThrownBy(() -> audit(candidate, NOON)).hasMessageContaining("background.csv");
    assertThat(audits()).isEmpty();
  }

  @Test
  void importanceRepeatsForARequestsSeed() {
    Candidate candidate = scene.candidate("r1");
    audit(candidate, NOON);
    JsonNode first = evidence(candidate).path("importance");
    assertThat(first).isNotEmpty();
    scene = scene.withFreshTopics();
    audit(candidate, NOON);
    assertThat(evidence(candidate).path("importance")).isEqualTo(first);
  }

  private String text(Candidate candidate, String path) {
    return new String(registry.download(candidate.runId(), path), StandardCharsets.UTF_8);
  }

  private JsonNode evidence(Candidate candidate) {
    byte[] json = registry.download(candidate.runId(), AuditWorker.EVIDENCE_PATH);
    return Json.read(json, JsonNode.class);
  }

  private void audit(Candidate candidate, Instant now) {
    TopicPartition partition = new TopicPartition(scene.topic(Topics.CANDIDATES), 0);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(partition.topic(), 0, 0, new byte[0], Json.write(candidate));
    try (AuditWorker worker = scene.worker(key, Clock.fixed(now, ZoneOffset.UTC))) {
      worker.handle(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<Audit> audits() {
    return scene.read(Topics.AUDITS, Audit.class);
  }

  private List<LedgerEntry> entries() {
    return scene.read(Topics.LEDGER_ENTRIES, LedgerEntry.class);
  }

  private void assertRefused(
      Envelope envelope, Candidate candidate, byte[] onnx, byte[] manifest, String why) {
    assertThatThrownBy(
            () ->
                key.verifier()
                    .verifyForServing(
                        envelope, AuditScene.SPEC.model(), candidate.version(), onnx, manifest))
        .isInstanceOf(CertificateException.class)
        .hasMessageContaining(why);
  }

  private static Envelope flipPayload(Envelope envelope) {
    return new Envelope(envelope.payloadType(), flip(envelope.payload()), envelope.signatures());
  }

  private static Envelope flipSignature(Envelope envelope) {
    Envelope.Signed signed = envelope.signatures().get(0);
    return new Envelope(
        envelope.payloadType(),
        envelope.payload(),
        List.of(new Envelope.Signed(signed.keyId(), flip(signed.signature()))));
  }

  private static String flip(String base64) {
    byte[] bytes = java.util.Base64.getDecoder().decode(base64);
    bytes[bytes.length / 2] ^= 1;
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }
}
