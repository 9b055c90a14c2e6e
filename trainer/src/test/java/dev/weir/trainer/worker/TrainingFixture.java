package dev.weir.trainer.worker;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.About;
import dev.weir.contracts.spec.DecisionThreshold;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Monitoring;
import dev.weir.contracts.spec.OnConflict;
import dev.weir.contracts.spec.Rollout;
import dev.weir.contracts.spec.Training;
import dev.weir.contracts.spec.Triggers;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.trainer.job.ChildProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A model with one feature, its topics on the test broker and examples to train from. */
final class TrainingFixture {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final int ROWS = 300;

  final String prefix = TestBroker.uniqueName("trainer");
  final ModelSpec spec = spec();
  final Map<String, Object> client = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private final String examples = Topics.EXAMPLES.name(prefix, spec.model());
  final String requests = Topics.TRAINING_REQUESTS.name(prefix, spec.model());
  final String references = Topics.REFERENCES.name(prefix, spec.model());
  private final String candidates = Topics.CANDIDATES.name(prefix, spec.model());

  TrainingFixture() throws Exception {
    TestBroker.createTopics(1, examples, candidates, requests, references);
    publishExamples();
  }

  TrainerWorker worker(ModelRegistry registry, Path jobs, Consumer<ProcessHandle> started) {
    return worker(prefix, client, registry, jobs, started);
  }

  static TrainerWorker worker(
      String prefix,
      Map<String, Object> client,
      ModelRegistry registry,
      Path jobs,
      Consumer<ProcessHandle> started) {
    ChildProcess child = ChildProcess.of(Path.of("target/child.classpath"), started);
    return new TrainerWorker(spec(), null, prefix, client, registry, child, jobs, CLOCK);
  }

  /** Returns when the child of a request has its rows and begins to train. */
  static void awaitTraining(Path jobs, String requestId) {
    Path begun = jobs.resolve(requestId).resolve("begun");
    Await.until(
        Duration.ofSeconds(60), () -> Files.exists(begun), () -> requestId + " does not train");
  }

  void publish(TrainingRequest request) throws Exception {
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(requests, Json.write(request))).get();
    }
  }

  List<Candidate> candidates() {
    return TestBroker.readAll(candidates).stream()
        .map(record -> Json.read(record.value(), Candidate.class))
        .toList();
  }

  private void publishExamples() throws Exception {
    var serializer = AvroSerde.examples().serializer();
    try (var producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < ROWS; i++) {
        Row row =
            new Row(
                "e" + i,
                "x",
                NOW.plusSeconds(i),
                spec.digest(),
                FeatureVector.of(i % 10),
                Map.of(),
                Origin.values()[0]);
        Example example = new Example(row, i % 10 > 5 ? 1 : 0, NOW.plusSeconds(i), 1);
        byte[] value = serializer.serialize(examples, example);
        producer.send(new ProducerRecord<>(examples, value)).get();
      }
    }
  }

  TrainingRequest request(String id, long from, long to) {
    return new TrainingRequest(
        id,
        spec.model(),
        spec.digest(),
        "volume",
        "enough",
        List.of(new OffsetRange(examples, 0, from, to)),
        List.of(),
        NOW,
        7);
  }

  static ConsumerRecords<byte[], byte[]> records(TrainingRequest request) {
    TopicPartition partition = new TopicPartition("requests", 0);
    var record = new ConsumerRecord<>("requests", 0, 0L, new byte[0], Json.write(request));
    return new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of());
  }

  private static ModelSpec spec() {
    Duration hour = Duration.ofHours(1);
    return new ModelSpec(
        "m",
        1,
        new Events(
            new Events.FeatureSource("f", "id", "time", "entity"),
            new Events.LabelSource("l", "id", "time", "label"),
            hour,
            MissingLabels.DROPPED,
            OnConflict.FIRST,
            null,
            hour,
            hour),
        List.of(new FeatureSpec.Number("x", "x")),
        List.of(),
        new Training(List.of(4), 0.1, true, 0.01, 0, 32, 3, 2, 0.2, 0.3, 7),
        new DecisionThreshold.BaseRate(),
        new Triggers(new Triggers.OnVolume(10), new Triggers.OnDrift(0.01, 1, 10, hour)),
        Monitoring.defaults(),
        new Rollout(20, 100),
        new About(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
        "text",
        "digest");
  }
}
