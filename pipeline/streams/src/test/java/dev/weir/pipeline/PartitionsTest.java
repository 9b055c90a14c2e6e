package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.feature.FeatureLayout;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.Topics;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.testkit.time.MutableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same events, by ticks of an hour, through one partition and through eight. */
class PartitionsTest {
  private static final int PER_TICK = 100;
  private static final int TICKS = 8;
  private static final int DRIFT_AFTER = 4;
  private static final String SPEC =
      """
      model: MODEL
      version: 1
      events:
        features: {topic: MODEL.features, id: id, time: at}
        labels: {topic: MODEL.labels, id: id, time: at, value: late}
        labelWithin: PT2H
        maxAhead: P1D
      features:
        - {name: amount, type: number}
      groups:
        - {name: side, classes: {left: [l], right: [r]}}
      monitors:
        level: 0.2
        drift: {window: 200}
        quality: {window: 100}
        performance: {window: 100}
        fairness: {window: 200, tolerance: 0}
      training:
        network: {hidden: [4]}
      triggers:
        volume: {examples: 150}
        drift: {delta: 0.05, waitForExamples: 100, window: 200, cooldown: PT1H}
      """;

  @TempDir Path directory;

  /** What came out, without what names the model or an offset. */
  private record Result(List<String> signals, List<String> requests) {}

  @Test
  void alarmsAndRequestsAreTheSameThroughOnePartitionAndThroughEightWithRebalances()
      throws Exception {
    Result one = play(1, false);
    Result eight = play(8, true);
    assertThat(alarmed(one))
        .contains(
            "drift residual",
            "drift amount",
            "quality amount outside",
            "quality label delay",
            "performance brier",
            "fairness selectionRate by side: left and right");
    assertThat(one.requests()).hasSize(2);
    assertThat(eight.signals()).isEqualTo(one.signals());
    assertThat(eight.requests()).isEqualTo(one.requests());
  }

  private static List<String> alarmed(Result result) {
    return result.signals().stream()
        .map(text -> Json.read(text.getBytes(StandardCharsets.UTF_8), Signal.class))
        .filter(Signal::isAlarm)
        .map(signal -> signal.kind() + " " + signal.signal())
        .toList();
  }

  private Result play(int partitions, boolean isDisturbed) throws Exception {
    String model = TestBroker.uniqueName("through-" + partitions);
    try (PartitionedRun run = new PartitionedRun(model, SPEC, partitions)) {
      PipelineRole role = started(run, "1");
      Optional<PipelineRole> second = Optional.empty();
      try {
        for (int tick = 1; tick <= TICKS; tick++) {
          if (isDisturbed && tick == DRIFT_AFTER) {
            second = Optional.of(started(run, "2"));
          }
          if (isDisturbed && tick == DRIFT_AFTER + 2) {
            role.close();
            role = started(run, "1");
          }
          hour(run, role, tick);
        }
      } finally {
        role.close();
        second.ifPresent(PipelineRole::close);
      }
      return result(run);
    }
  }

  private PipelineRole started(PartitionedRun run, String name) throws InterruptedException {
    PipelineInstance instance =
        new PipelineInstance(
            run.client(),
            directory.resolve(run.spec().model()).resolve(name),
            run.partitions(),
            name);
    PipelineRole role =
        new PipelineRole(run.spec(), run.names(), instance, MutableClock.at(PipelineDriver.START));
    role.start();
    return role;
  }

  private static void hour(PartitionedRun run, PipelineRole role, int tick) {
    SplittableRandom random = new SplittableRandom(tick);
    for (int i = 0; i < PER_TICK; i++) {
      String id = "e" + tick + "-" + i;
      Instant at = PipelineDriver.at(60 * (tick - 1) + random.nextInt(20));
      boolean isDrifted = tick > DRIFT_AFTER;
      Instant known = at.plusSeconds(60 * (1 + random.nextInt(isDrifted ? 4 : 30)));
      double amount = random.nextDouble() + (isDrifted ? 0.4 : 0);
      int label = random.nextDouble() < (isDrifted ? 0.95 : 0.3) ? 1 : 0;
      String side = random.nextBoolean() ? "l" : "r";
      String features = "\"amount\": " + amount + ", \"side\": \"" + side + "\"";
      run.sendFeature(at, json(id, at, features));
      run.sendLabel(known, json(id, known, "\"late\": " + label));
      if (tick > 2) {
        Prediction prediction =
            new Prediction(
                id,
                at,
                1,
                ServingRole.CHAMPION,
                0.2 + 0.2 * amount,
                Origin.STREAM,
                side.equals("l"));
        run.send(
            Topics.PREDICTIONS,
            id,
            at,
            AvroSerde.predictions().serializer().serialize("", prediction));
      }
    }
    run.awaitQuiet(role);
    Instant end = PipelineDriver.at(60 * tick);
    run.send(Topics.TICKS, run.spec().model(), end, Json.write(new Tick(tick, end)));
    run.awaitQuiet(role);
    if (tick == 2) {
      promote(run, end);
      run.awaitQuiet(role);
    }
  }

  private static String json(String id, Instant at, String fields) {
    return "{\"id\": \"" + id + "\", \"at\": \"" + at + "\", " + fields + "}";
  }

  private static void promote(PartitionedRun run, Instant at) {
    String model = run.spec().model();
    SplittableRandom random = new SplittableRandom(99);
    List<FeatureVector> rows =
        IntStream.range(0, 500)
            .mapToObj(i -> FeatureVector.of((float) random.nextDouble()))
            .toList();
    double[] said = rows.stream().mapToDouble(row -> 0.2 + 0.2 * row.get(0)).toArray();
    double[] labels = IntStream.range(0, 500).mapToDouble(i -> i % 10 < 3 ? 1 : 0).toArray();
    ReferenceProfile profile =
        ReferenceProfile.of(FeatureLayout.of(run.spec()), rows, said, labels);
    run.send(Topics.REFERENCES, model + "/1", at, Json.write(profile));
    run.flush();
    Deployment deployment =
        new Deployment(
            model,
            1,
            new Deployment.Slot(1, "run", PipelineDriver.CERTIFICATE, at),
            null,
            Deployment.Change.PROMOTED,
            1,
            model + "-0001",
            "r",
            at);
    run.send(Topics.DEPLOYMENTS, model, at, Json.write(deployment));
  }

  private static Result result(PartitionedRun run) {
    String model = run.spec().model();
    List<String> signals = new ArrayList<>();
    for (var record : TestBroker.readAll(run.names().of(Topics.SIGNALS))) {
      Json.read(record.value(), Signal.class);
      signals.add(new String(record.value(), StandardCharsets.UTF_8).replace(model, "MODEL"));
    }
    List<String> requests = new ArrayList<>();
    RangeReader reader =
        new RangeReader(Map.of("bootstrap.servers", TestBroker.bootstrapServers()));
    for (var record : TestBroker.readAll(run.names().of(Topics.TRAINING_REQUESTS))) {
      TrainingRequest request = Json.read(record.value(), TrainingRequest.class);
      TreeSet<String> ids = new TreeSet<>();
      for (var example : reader.read(request.training())) {
        ids.add(new String(example.key(), StandardCharsets.UTF_8));
      }
      requests.add(
          (request.requestId() + " " + request.reason() + " " + request.requestedAt() + " " + ids)
              .replace(model, "MODEL"));
    }
    return new Result(signals, requests);
  }

  @Test
  void aTopicWithAnotherNumberOfPartitionsIsNamedAtTheStart() {
    String model = TestBroker.uniqueName("wrong");
    try (PartitionedRun run = new PartitionedRun(model, SPEC, 2)) {
      PipelineInstance instance = new PipelineInstance(run.client(), directory, 3, "1");
      try (PipelineRole role =
          new PipelineRole(
              run.spec(), run.names(), instance, MutableClock.at(PipelineDriver.START))) {
        assertThatIllegalStateException()
            .isThrownBy(role::start)
            .withMessageContaining(run.names().of(Topics.ROWS) + " has 2, needs 3");
      }
    }
  }
}
