package dev.weir.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.auditor.certificate.SigningKey;
import dev.weir.auditor.worker.AuditWorker;
import dev.weir.contracts.certificate.Certificate;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.group.GroupHistory;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import dev.weir.testkit.kafka.TestBroker;
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

/** Groups that rows do not carry: joined for the audit, certified, and asked of nobody else. */
class RestrictedGroupsAuditTest {
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
    scene = AuditScene.apart(registry);
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    server.close();
  }

  @Test
  void joinedGroupsJudgeAsThoseInRowsDo() throws Exception {
    AuditScene carried = AuditScene.strict(registry);
    Audit expected = audited(carried, carried.candidate("carried"));
    scene.sayGroups(AuditScene.ROWS);
    Audit audit = audited(scene, scene.candidate("r1"));

    assertThat(audit.verdict()).isInstanceOf(expected.verdict().getClass());
    assertThat(audit.verdict().results()).isEqualTo(expected.verdict().results());
    Certificate.Predicate certified = predicate(audit);
    assertThat(certified.evaluationRowsDigest())
        .isEqualTo(predicate(expected).evaluationRowsDigest());
    assertThat(certified.groupValues())
        .containsExactly(new OffsetRange(scene.topic(Topics.GROUP_VALUES), 0, 0, AuditScene.ROWS));
    assertThat(predicate(expected).groupValues()).isNull();
  }

  @Test
  void anAuditCanBeRepeatedFromItsCertificateWhateverIsSaidLater() throws Exception {
    scene.sayGroups(AuditScene.ROWS);
    Certificate.Predicate certified = predicate(audited(scene, scene.candidate("r1")));
    scene.changeFirstGroup();

    assertThat(digest(certified.evaluation(), certified.groupValues()))
        .isEqualTo(certified.evaluationRowsDigest());
    OffsetRange said = certified.groupValues().get(0);
    List<OffsetRange> more = List.of(new OffsetRange(said.topic(), 0, 0, said.to() + 1));
    assertThat(digest(certified.evaluation(), more)).isNotEqualTo(certified.evaluationRowsDigest());
  }

  @Test
  void rowsOfWhomNothingIsSaidAreCountedAndInNoGroup() throws Exception {
    int known = 150;
    scene.sayGroups(known);
    Candidate candidate = scene.candidate("r1");
    Audit audit = audited(scene, candidate);

    assertThat(gap(audit)).isNotEmpty();
    assertThat(gap(audit).stream().mapToLong(GateResult::n).sum()).isEqualTo(known);
    JsonNode evidence = evidence(candidate);
    assertThat(evidence.path("rowsWithoutGroup").path("side").asInt())
        .isEqualTo(AuditScene.ROWS - known);
    assertThat(evidence.path("rowsWithLaterGroup")).isEmpty();
    assertThat(evidence.path("scores")).hasSize(AuditScene.ROWS);
  }

  @Test
  void whereNothingIsSaidTheGateIsNotAssessableAndNeverPasses() throws Exception {
    Audit audit = audited(scene, scene.candidate("r1"));
    assertThat(audit.verdict().answer()).isEqualTo(Answer.INSUFFICIENT_EVIDENCE);
    assertThat(gap(audit)).extracting(GateResult::reason).first().asString().contains("no row");
    assertThat(predicate(audit).groupValues()).isEmpty();
  }

  @Test
  void aMitigationMayReadWhatTheAuditThatAskedForItRead() throws Exception {
    scene.sayGroups(AuditScene.ROWS);
    Audit audit = audited(scene, scene.candidate("r1"));
    assertThat(audit.verdict().answer()).isEqualTo(Answer.BLOCK);
    TrainingRequest next = scene.read(Topics.TRAINING_REQUESTS, TrainingRequest.class).get(0);
    assertThat(next.mitigation().groupValues())
        .isNotEmpty()
        .isEqualTo(predicate(audit).groupValues());
  }

  @Test
  void aVersionThatDecidesByGroupsThatNobodySeesThenIsRefused() throws Exception {
    scene.sayGroups(AuditScene.ROWS);
    audited(scene, scene.candidate("r1"));
    TrainingRequest ordered = scene.read(Topics.TRAINING_REQUESTS, TrainingRequest.class).get(0);
    Candidate byGroup = scene.candidate(ordered, Map.of("up", 0.7, "down", 0.2));
    assertThatThrownBy(() -> audited(scene, byGroup))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("thresholds by group, and rows have no groups");
  }

  private Audit audited(AuditScene where, Candidate candidate) throws Exception {
    where.send(Topics.CANDIDATES, Json.write(candidate));
    var record =
        new ConsumerRecord<>(
            where.topic(Topics.CANDIDATES), 0, 0L, new byte[0], Json.write(candidate));
    TopicPartition partition = new TopicPartition(record.topic(), 0);
    try (AuditWorker worker = where.worker(key, Clock.fixed(NOON, ZoneOffset.UTC))) {
      worker.handle(new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of()));
    }
    List<Audit> audits = where.read(Topics.AUDITS, Audit.class);
    return audits.get(audits.size() - 1);
  }

  private Certificate.Predicate predicate(Audit audit) {
    return key.verifier().verify(audit.certificate()).predicate();
  }

  private static List<GateResult> gap(Audit audit) {
    return audit.verdict().results().stream().filter(r -> r.gate().equals("gap")).toList();
  }

  private JsonNode evidence(Candidate candidate) {
    return Json.read(
        registry.download(candidate.runId(), AuditWorker.EVIDENCE_PATH), JsonNode.class);
  }

  private String digest(List<OffsetRange> evaluation, List<OffsetRange> groups) {
    RangeReader reader =
        new RangeReader(Map.of("bootstrap.servers", TestBroker.bootstrapServers()));
    List<Example> rows =
        reader.read(evaluation).stream()
            .map(r -> AvroSerde.examples().deserializer().deserialize("", r.value()))
            .toList();
    GroupHistory history =
        GroupHistory.read(
            reader,
            groups,
            scene.spec(),
            scene.spec().groups(),
            rows.stream().map(Example::row).toList());
    return RowsDigest.of(rows.stream().map(history::join).toList());
  }
}
