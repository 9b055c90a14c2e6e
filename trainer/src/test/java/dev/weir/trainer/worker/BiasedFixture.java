package dev.weir.trainer.worker;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.GroupValues;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.scoring.OnnxScorer;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.trainer.job.ChildProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of two groups whose merit is the same and whose labels are not: group b's were sabotaged. A
 * second feature tells the group, so a network learns the sabotage.
 */
final class BiasedFixture {
  private static final int ROWS = 1500;

  private static final ModelSpec SPEC =
      SpecReader.parse(
          "weir.yaml",
          """
          model: biased
          version: 1
          events:
            features: {topic: f, id: id, time: at}
            labels: {topic: l, id: id, time: at, value: y}
          features:
            - {name: merit, type: number}
            - {name: proxy, type: number}
          groups:
            - {name: region}
          training:
            network: {hidden: [8]}
            optimizer: {learningRate: 0.01}
            epochs: 15
            seed: 7
          decisionThreshold: 0.5
          triggers:
            volume: {examples: 100}
            drift: {}
          """);

  /** The same where rows do not carry the region. */
  private static final ModelSpec APART =
      SpecReader.parse(
          "weir.yaml",
          SPEC.text().replace("events:\n", "events:\n  groups: {topic: people, id: id}\n"));

  final ModelSpec spec;
  final String prefix = TestBroker.uniqueName("biased");
  private final Map<String, Object> client;
  private final Map<String, Object> trainer;
  private final String topic;
  private final List<Example> examples = new ArrayList<>();
  private final ModelRegistry registry;

  BiasedFixture(ModelRegistry registry) {
    this(registry, SPEC, TestBroker.bootstrapServers(), null);
    TestBroker.createTopics(topics());
    publish();
  }

  private BiasedFixture(
      ModelRegistry registry,
      ModelSpec spec,
      String bootstrapServers,
      @Nullable Map<String, Object> trainer) {
    this.registry = registry;
    this.spec = spec;
    this.client = Map.of("bootstrap.servers", bootstrapServers);
    this.trainer = trainer == null ? client : trainer;
    this.topic = name(Topics.EXAMPLES);
  }

  /** Returns the same rows without their region, which lies in a topic of its own. */
  static BiasedFixture apart(ModelRegistry registry) {
    BiasedFixture fixture = new BiasedFixture(registry, APART, TestBroker.bootstrapServers(), null);
    TestBroker.createTopics(fixture.topics());
    fixture.publish();
    return fixture;
  }

  /** Returns the same on a broker that knows the user {@code trainer}, who trains. */
  static BiasedFixture apart(ModelRegistry registry, EmbeddedBroker broker) throws Exception {
    BiasedFixture fixture =
        new BiasedFixture(registry, APART, broker.bootstrapServers(), broker.clientOf("trainer"));
    try (Admin admin = Admin.create(fixture.client)) {
      admin
          .createTopics(
              Stream.of(fixture.topics()).map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
    fixture.publish();
    return fixture;
  }

  String name(Topics of) {
    return of.name(prefix, spec.model());
  }

  Map<String, Object> client() {
    return client;
  }

  Map<String, Object> trainer() {
    return trainer;
  }

  private String[] topics() {
    return Stream.of(
            Topics.EXAMPLES,
            Topics.GROUP_VALUES,
            Topics.CANDIDATES,
            Topics.TRAINING_REQUESTS,
            Topics.REFERENCES)
        .map(this::name)
        .toArray(String[]::new);
  }

  private void publish() {
    SplittableRandom random = new SplittableRandom(11);
    var serializer = AvroSerde.examples().serializer();
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < ROWS; i++) {
        Example example = example(i, random);
        examples.add(example);
        if (spec.events().groups() != null) {
          Map<String, String> groups = example.row().groups();
          GroupValues said = new GroupValues(example.eventId(), example.labelTime(), groups);
          byte[] key = said.subject().getBytes(StandardCharsets.UTF_8);
          producer.send(new ProducerRecord<>(name(Topics.GROUP_VALUES), key, Json.write(said)));
          example = example.with(Map.of());
        }
        producer.send(new ProducerRecord<>(topic, serializer.serialize(topic, example)));
      }
    }
    Await.until(
        Duration.ofSeconds(30),
        () -> new RangeReader(client).readAll(topic).size() == ROWS,
        () -> "the rows are not on " + topic);
  }

  /** Returns where the regions lie. */
  List<OffsetRange> regions() {
    return List.of(new OffsetRange(name(Topics.GROUP_VALUES), 0, 0, ROWS));
  }

  private Example example(int i, SplittableRandom random) {
    boolean isB = random.nextDouble() < 0.4;
    double merit = random.nextDouble() * 4 - 2;
    double proxy = (isB ? -1 : 1) + random.nextDouble() - 0.5;
    double p = 1 / (1 + Math.exp(-2 * merit + (isB ? 2.5 : -1)));
    Instant time = TrainingFixture.NOW.plusSeconds(i);
    Row row =
        new Row(
            "e" + i,
            "x",
            time,
            spec.digest(),
            FeatureVector.of((float) merit, (float) proxy),
            Map.of("region", isB ? "b" : "a"),
            Origin.STREAM);
    return new Example(row, random.nextDouble() < p ? 1 : 0, time, 1);
  }

  TrainerWorker worker(@Nullable Mitigation mitigation, Path jobs) {
    ChildProcess child = ChildProcess.of(Path.of("target/child.classpath"), started -> {});
    return new TrainerWorker(
        spec, mitigation, prefix, trainer, registry, child, jobs, TrainingFixture.CLOCK);
  }

  TrainingRequest request() {
    return new TrainingRequest(
        "r",
        spec.model(),
        spec.digest(),
        "volume",
        "enough",
        List.of(new OffsetRange(topic, 0, 0, ROWS)),
        List.of(),
        TrainingFixture.NOW,
        7);
  }

  TrainingRequest request(Mitigation.Method method) {
    return request()
        .with(
            new MitigationOrder(
                method,
                "region",
                Metric.SELECTION_RATE,
                "r",
                1,
                "run",
                spec.events().groups() == null ? null : regions()),
            "gap",
            TrainingFixture.NOW);
  }

  /** Has a worker train, and returns the last candidate. */
  Candidate train(TrainerWorker worker, TrainingRequest request) throws InterruptedException {
    worker.handle(TrainingFixture.records(request));
    List<Candidate> candidates = candidates();
    return candidates.get(candidates.size() - 1);
  }

  List<Candidate> candidates() {
    return new RangeReader(client)
        .readAll(name(Topics.CANDIDATES)).stream()
            .map(record -> Json.read(record.value(), Candidate.class))
            .toList();
  }

  /**
   * What a version does to the rows that no version trained on.
   *
   * @param gap selection rate of group a minus that of b
   * @param accuracy share decided as labelled
   */
  record Effect(double gap, double accuracy) {}

  Effect effect(Candidate candidate) {
    ModelArtifact artifact = ModelArtifact.load(registry, candidate.runId());
    List<Example> held =
        examples.stream().filter(e -> spec.holdOut().contains(e.eventId())).toList();
    double[] selected = new double[2];
    double[] count = new double[2];
    double right = 0;
    try (OnnxScorer scorer = OnnxScorer.open(artifact.onnx())) {
      double[] p =
          scorer.positive(
              held.stream().map(e -> e.row().features().toArray()).toArray(float[][]::new));
      for (int i = 0; i < p.length; i++) {
        Map<String, String> groups = held.get(i).row().groups();
        int decision = p[i] >= artifact.manifest().thresholdOf(groups) ? 1 : 0;
        int group = "a".equals(groups.get("region")) ? 0 : 1;
        selected[group] += decision;
        count[group]++;
        right += decision == held.get(i).label() ? 1 : 0;
      }
    }
    return new Effect(selected[0] / count[0] - selected[1] / count[1], right / held.size());
  }
}
