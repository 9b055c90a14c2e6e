package dev.weir.serving.stream;

import static dev.weir.serving.Models.MODEL;
import static dev.weir.serving.Models.SPEC;
import static dev.weir.serving.Models.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.loop.RecordLoop;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.Models;
import dev.weir.serving.live.DeploymentFeed;
import dev.weir.serving.live.LiveModels;
import dev.weir.serving.publish.KafkaOutlet;
import dev.weir.serving.publish.TopicReader;
import dev.weir.serving.rollout.RolloutWorker;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollout and stream scoring on a real broker. */
class StreamServingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String prefix = TestBroker.uniqueName("serving");
  private final TopicNames names = new TopicNames(prefix, MODEL);
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private final Models models = new Models();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private KafkaOutlet outlet;
  private long ticks;

  @BeforeEach
  void createTopics() {
    TestBroker.createTopics(
        1, Arrays.stream(Topics.values()).map(names::of).toArray(String[]::new));
    outlet = new KafkaOutlet(prefix, client, meters);
  }

  @AfterEach
  void close() {
    outlet.close();
  }

  @Test
  void evidenceGatheredBeforeARestartCountsAfterIt() {
    audit(1);
    try (RecordLoop first = rollout()) {
      tickAfter(first, Topics.AUDITS, 1);
      awaitDeployments(1);
      audit(2);
      tickAfter(first, Topics.AUDITS, 2);
      awaitDeployments(2);
      outcomes(0, 3);
      awaitDone(first, Topics.OUTCOMES, 6);
    }
    outcomes(3, 60);
    try (RecordLoop second = rollout()) {
      tickAfter(second, Topics.OUTCOMES, 120);
      awaitDeployments(3);
      assertThat(second.failure()).isEmpty();
    }
    List<Deployment> all = deployments();
    assertThat(all)
        .extracting(Deployment::change)
        .containsExactly(
            Deployment.Change.PROMOTED, Deployment.Change.SHADOWED, Deployment.Change.PROMOTED);
    assertThat(all).extracting(Deployment::sequence).containsExactly(1L, 2L, 3L);
    assertThat(all).extracting(Deployment::changedAt).containsOnly(START);
  }

  @Test
  void rowsAreScoredByWhatIsDeployedWhenTheyCome() {
    LiveModels live = new LiveModels(models.loader(), meters);
    try (DeploymentFeed feed = new DeploymentFeed(prefix, client, live)) {
      StreamScorer scorer =
          new StreamScorer(prefix, List.of(MODEL), live, feed::catchUp, outlet, meters);
      try (RecordLoop loop =
          new RecordLoop(
              TestBroker.uniqueName("scorer"), scorer.topics(), client, PATIENCE, scorer)) {
        loop.start();
        row("before", SPEC.digest(), Origin.STREAM);
        Await.until(PATIENCE, () -> done(loop, Topics.ROWS) >= 1, () -> "row not read");
        deploy(Models.deployment(1, models.version(1, 0.25), models.version(2, 0.75)));
        row("both", SPEC.digest(), Origin.STREAM);
        row("other", "another spec", Origin.STREAM);
        row("rest", SPEC.digest(), Origin.REST);
        Await.until(PATIENCE, () -> done(loop, Topics.ROWS) >= 4, () -> "rows not read");
      }
    }
    assertThat(predictions())
        .containsExactly(
            prediction(1, ServingRole.CHAMPION, 0.25), prediction(2, ServingRole.SHADOW, 0.75));
    assertThat(meters.counter("weir.serving.rows.unscored", "model", MODEL).count()).isOne();
    assertThat(meters.counter("weir.serving.rows.other-spec", "model", MODEL).count()).isOne();
  }

  private RecordLoop rollout() {
    RolloutWorker worker =
        new RolloutWorker(prefix, List.of(SPEC), models.loader(), outlet, deployment -> {}, meters);
    worker.restore(new TopicReader(client), prefix + "-rollout");
    RecordLoop loop =
        new RecordLoop(prefix + "-rollout", worker.topics(), client, PATIENCE, worker);
    loop.start();
    return loop;
  }

  /** Ticks when that many records of a topic are handled: a poll may bring a tick before them. */
  private void tickAfter(RecordLoop loop, Topics topic, long records) {
    awaitDone(loop, topic, records);
    send(Topics.TICKS, Json.write(new Tick(++ticks, START)));
  }

  private void awaitDone(RecordLoop loop, Topics topic, long records) {
    Await.until(PATIENCE, () -> done(loop, topic) >= records, () -> topic + " not read");
  }

  private long done(RecordLoop loop, Topics topic) {
    return loop.committed().entrySet().stream()
        .filter(e -> e.getKey().topic().equals(names.of(topic)))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private void audit(int version) {
    Deployment.Slot slot = models.version(version, 0.1);
    Audit audit =
        new Audit(
            "request-" + version,
            MODEL,
            version,
            slot.runId(),
            new Verdict.Pass(List.of()),
            slot.certificate(),
            1,
            null,
            START);
    send(Topics.AUDITS, Json.write(audit));
  }

  private void deploy(Deployment deployment) {
    send(Topics.DEPLOYMENTS, Json.write(deployment));
  }

  private void outcomes(int from, int to) {
    for (int i = from; i < to; i++) {
      outcome(new Prediction("e" + i, START, 1, ServingRole.CHAMPION, 0.6, Origin.STREAM, null));
      outcome(new Prediction("e" + i, START, 2, ServingRole.SHADOW, 0.1, Origin.STREAM, null));
    }
  }

  private void outcome(Prediction prediction) {
    send(Topics.OUTCOMES, Json.write(new Outcome(prediction, 0, START, Map.of())));
  }

  private void row(String id, String digest, Origin origin) {
    Row row = new Row(id, "", START, digest, FeatureVector.of(1, 2, 3), Map.of(), origin);
    send(Topics.ROWS, AvroSerde.rows().serializer().serialize("rows", row));
  }

  private void send(Topics topic, byte[] value) {
    outlet.send(topic, MODEL, MODEL, START, value);
    outlet.flush();
  }

  private static Prediction prediction(int version, ServingRole role, double probability) {
    return new Prediction(
        "both", START, version, role, probability, Origin.STREAM, probability >= 0.5);
  }

  private List<Prediction> predictions() {
    return TestBroker.readAll(names.of(Topics.PREDICTIONS)).stream()
        .map(r -> AvroSerde.predictions().deserializer().deserialize("predictions", r.value()))
        .toList();
  }

  private List<Deployment> deployments() {
    return TestBroker.readAll(names.of(Topics.DEPLOYMENTS)).stream()
        .map(r -> Json.read(r.value(), Deployment.class))
        .toList();
  }

  private void awaitDeployments(int n) {
    Await.until(
        PATIENCE, () -> deployments().size() >= n, () -> "deployments " + deployments().size());
  }
}
