package dev.weir.trainer.worker;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.scoring.OnnxScorer;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.trainer.job.ChildProcess;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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

  final ModelSpec spec =
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
  private final String prefix = TestBroker.uniqueName("biased");
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private final String topic = Topics.EXAMPLES.name(prefix, spec.model());
  private final List<Example> examples = new ArrayList<>();
  private final ModelRegistry registry;

  BiasedFixture(ModelRegistry registry) {
    this.registry = registry;
    TestBroker.createTopics(
        1,
        topic,
        Topics.CANDIDATES.name(prefix, spec.model()),
        Topics.TRAINING_REQUESTS.name(prefix, spec.model()),
        Topics.REFERENCES.name(prefix, spec.model()));
    publish();
  }

  private void publish() {
    SplittableRandom random = new SplittableRandom(11);
    var serializer = AvroSerde.examples().serializer();
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < ROWS; i++) {
        examples.add(example(i, random));
        producer.send(new ProducerRecord<>(topic, serializer.serialize(topic, examples.get(i))));
      }
    }
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
        spec, mitigation, prefix, client, registry, child, jobs, TrainingFixture.CLOCK);
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
            new MitigationOrder(method, "region", Metric.SELECTION_RATE, "r", 1, "run"),
            "gap",
            TrainingFixture.NOW);
  }

  /** Has a worker train, and returns the last candidate. */
  Candidate train(TrainerWorker worker, TrainingRequest request) throws InterruptedException {
    worker.handle(TrainingFixture.records(request));
    List<Candidate> candidates =
        TestBroker.readAll(Topics.CANDIDATES.name(prefix, spec.model())).stream()
            .map(record -> Json.read(record.value(), Candidate.class))
            .toList();
    return candidates.get(candidates.size() - 1);
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
