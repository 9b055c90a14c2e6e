package dev.weir.dashboards.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.dashboards.log.AuditLog;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditResourceTest {
  private static final Instant AT = Instant.parse("2024-01-20T06:00:00Z");
  private static final Envelope ENVELOPE = new Envelope(Envelope.IN_TOTO, "", List.of());
  private static final String REASON = "small airports: Brier +0.06 [0.03, 0.09], allowed < 0.03";

  @Inject Dashboards dashboards;
  private final String prefix = TestBroker.uniqueName("dash");
  private LedgerRecord last;

  @Test
  void pageShowsVersionsVerdictsEnergyAndTheChain() throws IOException {
    createTopics();
    try (KafkaProducer<byte[], byte[]> producer = producer();
        AuditLog log =
            new AuditLog(prefix, Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
      history(producer);
      producer.flush();
      log.start();
      dashboards.install(log);
      awaitDecisions(4);
      checkApi();
      keepPageWhereAsked();
      LedgerEntry forged = entry("deployment", "r3", new Fact("PROMOTED", 3, "nobody said so"));
      send(producer, Topics.LEDGER, LedgerRecord.chain(4, "f".repeat(64), forged));
      producer.flush();
      awaitDecisions(5);
      given()
          .get("/api/models/late-flights/decisions")
          .then()
          .body("broken", containsString("does not continue"));
    }
  }

  /** No topic has such a name, so the broker's answer ends the log's thread. */
  @Test
  void aLogThatStoppedIsAProblemAndNotOldData() {
    try (AuditLog log =
        new AuditLog("no prefix", Map.of("bootstrap.servers", TestBroker.bootstrapServers()))) {
      dashboards.install(log);
      given().get("/api/models").then().statusCode(200);
      log.start();
      Await.until(Duration.ofSeconds(30), () -> log.failure().isPresent(), () -> "still follows");
      for (String path : List.of("", "/late-flights/versions", "/late-flights/decisions")) {
        given()
            .get("/api/models" + path)
            .then()
            .statusCode(503)
            .contentType("application/problem+json")
            .body("detail", containsString("audit log stopped"));
      }
    }
  }

  private static void checkApi() {
    given()
        .get("/api/models")
        .then()
        .statusCode(200)
        .body("[0].name", equalTo("late-flights"))
        .body("[0].champion", equalTo(2))
        .body("[0].alarms", equalTo(1))
        .body("[0].failures", equalTo(1));
    given()
        .get("/api/models/late-flights/versions")
        .then()
        .statusCode(200)
        .body("[0].verdict", equalTo("BLOCK"))
        .body("[0].reasons[0]", equalTo(REASON))
        .body("[0].gates[0].gate", equalTo("no-group-loses"))
        .body("[1].role", equalTo("champion"))
        .body("[1].joules", equalTo(180.4f))
        .body("[1].energyMethod", equalTo("estimated"))
        .body("[2].promoted", equalTo(true));
    given()
        .get("/api/models/late-flights/decisions")
        .then()
        .statusCode(200)
        .body("records", equalTo(4))
        .body("broken", equalTo(null))
        .body("decisions[0].index", equalTo(0))
        .body("decisions[3].facts.change", equalTo("REFUSED"));
    given().get("/api/models/none/versions").then().statusCode(404);
    given().get("/").then().statusCode(200).body(containsString("assets/weir.js"));
    given().get("/assets/weir.js").then().statusCode(200);
  }

  private void history(KafkaProducer<byte[], byte[]> producer) {
    send(
        producer,
        Topics.SIGNALS,
        new Signal("late-flights", 1, "drift", "adwin", "loss", true, AT, Map.of("e", 25.0)));
    version(producer, 1, 210.2, new Verdict.Pass(List.of(gate(GateResult.Answer.PASS))));
    version(producer, 2, 180.4, new Verdict.Pass(List.of(gate(GateResult.Answer.PASS))));
    version(producer, 3, 175.9, new Verdict.Block(List.of(gate(GateResult.Answer.BLOCK))));
    Candidate failed =
        new Candidate(
            request(4), Candidate.Status.FAILED, 0, "", "", "", Map.of(), "", "out of memory", AT);
    send(producer, Topics.CANDIDATES, failed);
    deploy(producer, 1, slot(1), null, Deployment.Change.PROMOTED, 1, "first certified version");
    deploy(producer, 2, slot(1), slot(2), Deployment.Change.SHADOWED, 2, "compared in shadow");
    deploy(
        producer,
        3,
        slot(2),
        null,
        Deployment.Change.PROMOTED,
        2,
        "better than the champion: e = 22.41 after 63 labels, needed e >= 20.0");
    deploy(producer, 4, slot(2), null, Deployment.Change.REFUSED, 3, "audit says BLOCK: " + REASON);
  }

  private void version(
      KafkaProducer<byte[], byte[]> producer, int version, double joules, Verdict verdict) {
    send(producer, Topics.TRAINING_REQUESTS, request(version));
    Candidate candidate =
        new Candidate(
            request(version),
            Candidate.Status.TRAINED,
            version,
            "run" + version,
            "",
            "",
            Map.of("joules", joules),
            "estimated",
            null,
            AT);
    send(producer, Topics.CANDIDATES, candidate);
    Audit audit =
        new Audit(
            "r" + version,
            "late-flights",
            version,
            "run" + version,
            verdict,
            ENVELOPE,
            1,
            null,
            AT);
    send(producer, Topics.AUDITS, audit);
  }

  private void deploy(
      KafkaProducer<byte[], byte[]> producer,
      long sequence,
      Deployment.Slot champion,
      Deployment.Slot challenger,
      Deployment.Change change,
      int version,
      String reason) {
    Deployment deployment =
        new Deployment(
            "late-flights",
            sequence,
            champion,
            challenger,
            change,
            version,
            "r" + version,
            reason,
            AT);
    send(producer, Topics.DEPLOYMENTS, deployment);
    LedgerEntry entry =
        entry("deployment", "r" + version, new Fact(change.name(), version, reason));
    last =
        last == null
            ? LedgerRecord.chain(0, LedgerRecord.GENESIS, entry)
            : LedgerRecord.chain(last.index() + 1, last.hash(), entry);
    send(producer, Topics.LEDGER, last);
  }

  private record Fact(String change, int version, String reason) {}

  private static LedgerEntry entry(String kind, String request, Fact fact) {
    JsonNode facts = Json.tree(fact);
    return new LedgerEntry(kind, "serving-rollout", "late-flights", request, AT, facts);
  }

  private static Deployment.Slot slot(int version) {
    return new Deployment.Slot(version, "run" + version, ENVELOPE, AT);
  }

  private static TrainingRequest request(int version) {
    return new TrainingRequest(
        "r" + version, "late-flights", "d", "drift", "loss rose", List.of(), List.of(), AT, 1);
  }

  private static GateResult gate(GateResult.Answer answer) {
    return new GateResult(
        "no-group-loses",
        Metric.BRIER_DIFFERENCE,
        "airport:small",
        1200,
        0.0612,
        0.0311,
        0.0904,
        "< 0.03",
        Gate.Severity.BLOCK,
        answer,
        false,
        null,
        REASON);
  }

  private void send(KafkaProducer<byte[], byte[]> producer, Topics topic, Object value) {
    producer.send(new ProducerRecord<>(topic.name(prefix, ""), new byte[] {1}, Json.write(value)));
  }

  private void createTopics() {
    for (Topics topic :
        List.of(
            Topics.DEPLOYMENTS,
            Topics.AUDITS,
            Topics.CANDIDATES,
            Topics.SIGNALS,
            Topics.TRAINING_REQUESTS,
            Topics.LEDGER)) {
      TestBroker.createTopics(1, topic.name(prefix, ""));
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", TestBroker.bootstrapServers(), "acks", "all"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static void awaitDecisions(int n) {
    Await.until(
        Duration.ofSeconds(30),
        () ->
            given()
                .get("/api/models/late-flights/decisions")
                .asString()
                .contains("\"index\":" + (n - 1)),
        () -> given().get("/api/models/late-flights/decisions").asString());
  }

  /** Takes screenshots of the page where the property {@code weir.screenshots} names a folder. */
  private static void keepPageWhereAsked() throws IOException {
    String folder = System.getProperty("weir.screenshots", "");
    if (folder.isEmpty()) {
      return;
    }
    for (int width : new int[] {1280, 375}) {
      for (String scheme : List.of("light", "dark")) {
        Path image = Files.createDirectories(Path.of(folder)).resolve(width + scheme + ".png");
        screenshot(width, scheme, image);
        assertThat(image).exists();
      }
    }
  }

  private static void screenshot(int width, String scheme, Path image) throws IOException {
    Process chromium =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-sync",
                "--disable-component-update",
                "--hide-scrollbars",
                "--virtual-time-budget=3000",
                "--blink-settings=preferredColorScheme=" + (scheme.equals("dark") ? "0" : "1"),
                "--window-size=" + width + ",1400",
                "--screenshot=" + image,
                io.restassured.RestAssured.baseURI + ":" + io.restassured.RestAssured.port + "/")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertThat(chromium.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
