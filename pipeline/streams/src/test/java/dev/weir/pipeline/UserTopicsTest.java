package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.testkit.time.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The users' topics on a broker: their partitions and keys are theirs. */
class UserTopicsTest {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final int EVENTS = 120;

  @TempDir Path directory;
  private final String user = TestBroker.uniqueName("user");
  private final TopicNames names = new TopicNames(TestBroker.uniqueName("weir"), "spread");
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  @Test
  void featuresInThreePartitionsAndLabelsInTwoGiveEveryExample() throws Exception {
    TestBroker.createTopics(3, user + ".features");
    TestBroker.createTopics(2, user + ".labels");
    TestBroker.createTopics(Arrays.stream(Topics.values()).map(names::of).toArray(String[]::new));
    ModelSpec spec =
        SpecReader.parse(
            "weir.yaml", PipelineDriver.spec(user).text().replace("model: small", "model: spread"));
    try (PipelineRole role =
        new PipelineRole(
            spec,
            names,
            client,
            directory.resolve("state"),
            MutableClock.at(PipelineDriver.START))) {
      role.start();
      publish();
      Await.until(
          WITHIN,
          () -> examples().size() == EVENTS,
          () -> examples().size() + " examples, " + role.failure());
      Map<String, Double> expected = new TreeMap<>();
      for (int i = 0; i < EVENTS; i++) {
        expected.put("e" + i, (double) (i % 2));
      }
      assertThat(examples()).isEqualTo(expected);
    }
  }

  /** Keys say nothing, and an event's partition is not its label's. */
  private void publish() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      long start = PipelineDriver.START.toEpochMilli();
      for (int i = 0; i < EVENTS; i++) {
        String time = PipelineDriver.at(i).toString();
        byte[] feature = PipelineDriver.featureJson("e" + i, time, "s" + i % 3);
        byte[] label = PipelineDriver.labelJson("e" + i, time, "s" + i % 3, i % 2);
        byte[] key = PipelineDriver.bytes("k" + i % 7);
        producer.send(new ProducerRecord<>(user + ".features", i % 3, start, key, feature));
        producer.send(new ProducerRecord<>(user + ".labels", (i / 3) % 2, start, null, label));
      }
      producer.flush();
    }
  }

  private Map<String, Double> examples() {
    List<Example> examples =
        TestBroker.readAll(names.of(Topics.EXAMPLES)).stream()
            .map(r -> AvroSerde.examples().deserializer().deserialize("e", r.value()))
            .toList();
    Map<String, Double> labels = new TreeMap<>();
    examples.forEach(e -> labels.put(e.eventId(), e.label()));
    assertThat(labels).hasSameSizeAs(examples);
    return labels;
  }
}
