package dev.weir.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.DecisionThreshold;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.FeatureSpec;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Rollout;
import dev.weir.contracts.spec.Training;
import dev.weir.contracts.spec.Triggers;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.registry.RegistryServer;
import dev.weir.testkit.kafka.TestBroker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerWorkerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int ROWS = 300;

  private final String prefix = TestBroker.uniqueName("trainer");
  private final ModelSpec spec = spec();
  private final String examples = Topics.EXAMPLES.name(prefix, spec.model());
  private final String candidates = Topics.CANDIDATES.name(prefix, spec.model());
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @TempDir Path directory;

  @Test
  void requestIsAnsweredByOneVersionHoweverOftenItComes() throws Exception {
    TestBroker.createTopics(1, examples, candidates);
    publishExamples();
    try (RegistryServer server = RegistryServer.start(directory, "127.0.0.1", 0, CLOCK);
        ModelRegistry registry = ModelRegistry.connect(server.uri());
        TrainerWorker worker =
            new TrainerWorker(
                spec,
                prefix,
                client,
                registry,
                Path.of("target/child.classpath"),
                directory.resolve("jobs"),
                CLOCK)) {
      worker.handle(records(request("r1", 0, ROWS)));
      worker.handle(records(request("r1", 0, ROWS)));
      worker.handle(records(request("r2", 0, 5)));
      List<Candidate> sent =
          TestBroker.readAll(candidates).stream()
              .map(record -> Json.read(record.value(), Candidate.class))
              .toList();
      assertThat(sent).hasSize(3);
      assertThat(sent.get(0).failure()).isNull();
      assertThat(sent.get(1)).isEqualTo(sent.get(0));
      assertThat(sent.get(0).metrics()).containsKeys("joules", "trainingRows");
      assertThat(sent.get(2).status()).isEqualTo(Candidate.Status.FAILED);
      assertThat(registry.versions(spec.model())).hasSize(1);
      var manifest = ModelArtifact.load(registry, sent.get(0).runId()).manifest();
      assertThat(manifest.trainingRows() + manifest.evaluationRows()).isEqualTo(ROWS);
      assertThat(manifest.evaluationRows()).isPositive();
    }
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

  private TrainingRequest request(String id, long from, long to) {
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

  private ConsumerRecords<byte[], byte[]> records(TrainingRequest request) {
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
            hour,
            hour),
        List.of(new FeatureSpec.Number("x", "x")),
        List.of(),
        new Training(List.of(4), 0.1, true, 0.01, 0, 32, 3, 2, 0.2, 0.3, 7),
        new DecisionThreshold.BaseRate(),
        new Triggers(new Triggers.OnVolume(10), new Triggers.OnDrift(0.01, 1, 10, hour)),
        new Rollout(20, 100),
        "text",
        "digest");
  }
}
