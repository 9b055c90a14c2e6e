package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.watermark.WatermarkRules;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.testkit.time.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineRoleTest {
  private static final Duration WITHIN = Duration.ofSeconds(60);
  private static final int EVENTS = 200;

  @TempDir Path directory;
  private final String user = TestBroker.uniqueName("user");
  private final ModelSpec spec = PipelineDriver.spec(user);
  private final TopicNames names = new TopicNames(TestBroker.uniqueName("weir"), "small");
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  private record Sent(boolean isLabel, byte[] value) {}

  @Test
  void aRestartInMidStreamChangesNoExampleAndNoCount() throws Exception {
    createTopics();
    List<Sent> records = records();
    int half = records.size() / 2;
    try (PipelineRole role = role()) {
      role.start();
      publish(records.subList(0, half));
      awaitEnds(role);
    }
    try (PipelineRole role = role()) {
      role.start();
      publish(records.subList(half, records.size()));
      awaitEnds(role);

      List<Example> undisturbed;
      Map<String, Long> counts;
      try (PipelineDriver driver = new PipelineDriver(directory.resolve("undisturbed"))) {
        for (Sent each : records) {
          driver.send(each.isLabel() ? "user.labels" : "user.features", null, each.value());
        }
        undisturbed = driver.examples();
        counts = driver.counts();
      }
      assertThat(undisturbed).hasSizeGreaterThan(EVENTS / 2);
      List<Example> examples = examples();
      assertThat(examples).hasSameSizeAs(undisturbed);
      assertThat(labels(examples)).isEqualTo(labels(undisturbed));
      assertThat(role.counts()).isEqualTo(counts);
      assertThat(role.failure()).isEmpty();
    }
  }

  @Test
  void aDecisionOutlivesARestart() throws Exception {
    createTopics();
    // The name is the application's, too, whose state the tests of one broker would share.
    String text = PipelineDriver.spec(user, "observedWhen: negative").text();
    ModelSpec selective =
        SpecReader.parse("weir.yaml", text.replace("model: small", "model: selective"));
    String start = PipelineDriver.at(0).toString();
    Prediction declined =
        new Prediction(
            "a", PipelineDriver.START, 1, ServingRole.CHAMPION, 0.9, Origin.STREAM, true);
    try (PipelineRole role = role(selective)) {
      role.start();
      publish(List.of(new Sent(false, PipelineDriver.featureJson("a", start, "s"))));
      publish(
          Topics.PREDICTIONS, "a", AvroSerde.predictions().serializer().serialize("", declined));
      awaitEnds(role);
    }
    try (PipelineRole role = role(selective)) {
      role.start();
      publish(Topics.TICKS, selective.model(), Json.write(new Tick(1, PipelineDriver.at(121))));
      awaitEnds(role);
      assertThat(role.counts()).containsEntry("unobserved", 1L).doesNotContainKey("expired");
      Await.until(
          WITHIN,
          () -> TestBroker.readAll(names.of(Topics.UNOBSERVED)).size() == 1,
          () -> "no unobserved row");
    }
  }

  @Test
  void aSecondStartOfAFreeRunGoesOnAfterTheLastTick() {
    createTopics();
    try (PipelineRole role = free()) {
      start(role);
      String early = PipelineDriver.at(400).toString();
      String late = PipelineDriver.at(500).toString();
      publish(
          List.of(
              new Sent(false, PipelineDriver.featureJson("a", late, "s")),
              new Sent(true, PipelineDriver.labelJson("z", early, "s", 1))));
      awaitTicks(role, List.of(new Tick(1, PipelineDriver.at(400))));
    }
    try (PipelineRole role = free()) {
      start(role);
      String between = PipelineDriver.at(450).toString();
      publish(List.of(new Sent(true, PipelineDriver.labelJson("y", between, "s", 1))));
      awaitTicks(
          role, List.of(new Tick(1, PipelineDriver.at(400)), new Tick(2, PipelineDriver.at(450))));
    }
  }

  /** A role whose wall time stands still, so that no input becomes idle. */
  private PipelineRole free() {
    WatermarkRules rules = new WatermarkRules(Duration.ofMillis(20), Duration.ofHours(1));
    MutableClock clock = MutableClock.at(PipelineDriver.at(1_000_000));
    return PipelineRole.free(spec, names, client, directory.resolve("state"), clock, rules);
  }

  private static void start(PipelineRole role) {
    try {
      role.start();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitTicks(PipelineRole role, List<Tick> expected) {
    Await.until(
        WITHIN,
        () -> ticks().size() >= expected.size(),
        () -> "ticks " + ticks() + ", " + role.failure());
    assertThat(ticks()).isEqualTo(expected);
  }

  private List<Tick> ticks() {
    return TestBroker.readAll(names.of(Topics.TICKS)).stream()
        .map(r -> Json.read(r.value(), Tick.class))
        .toList();
  }

  /** Every fourth event has no label, every fifth comes twice, some records are bad. */
  private static List<Sent> records() {
    List<Sent> records = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String time = PipelineDriver.at(i).toString();
      byte[] feature = PipelineDriver.featureJson("e" + i, time, "s" + i % 3);
      records.add(new Sent(false, feature));
      if (i % 5 == 0) {
        records.add(new Sent(false, feature));
      }
      // Labels come later, so that some events are open at the restart.
      int labelled = i - 20;
      if (labelled >= 0 && labelled % 4 != 0) {
        records.add(
            new Sent(
                true,
                PipelineDriver.labelJson("e" + labelled, time, "s" + labelled % 3, labelled % 2)));
      }
      if (i % 50 == 7) {
        records.add(new Sent(i % 2 == 0, PipelineDriver.bytes("{broken")));
      }
    }
    return records;
  }

  private PipelineRole role() {
    return role(spec);
  }

  private PipelineRole role(ModelSpec of) {
    return new PipelineRole(
        of, names, client, directory.resolve("state"), MutableClock.at(PipelineDriver.START));
  }

  private void createTopics() {
    List<String> topics = new ArrayList<>();
    topics.add(user + ".features");
    topics.add(user + ".labels");
    for (Topics topic : Topics.values()) {
      topics.add(names.of(topic));
    }
    TestBroker.createTopics(topics.toArray(String[]::new));
  }

  private void publish(Topics topic, String key, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(
          new ProducerRecord<>(
              names.of(topic),
              0,
              PipelineDriver.START.toEpochMilli(),
              PipelineDriver.bytes(key),
              value));
      producer.flush();
    }
  }

  private void publish(List<Sent> records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Sent each : records) {
        String topic = user + (each.isLabel() ? ".labels" : ".features");
        producer.send(
            new ProducerRecord<>(
                topic, 0, PipelineDriver.START.toEpochMilli(), null, each.value()));
      }
      producer.flush();
    }
  }

  /** Waits until the role has committed the ends of all its topics, and they no longer move. */
  private void awaitEnds(PipelineRole role) {
    Await.until(
        WITHIN,
        () -> {
          Map<TopicPartition, Long> before = ends(role);
          return role.isRunning() && isAt(role, before) && before.equals(ends(role));
        },
        () -> "ends " + ends(role) + ", committed " + role.committed() + ", " + role.failure());
  }

  private static boolean isAt(PipelineRole role, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> committed = role.committed();
    return ends.entrySet().stream()
        .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  private Map<TopicPartition, Long> ends(PipelineRole role) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (String topic : role.topics()) {
      latest.put(new TopicPartition(topic, 0), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    try (Admin admin = Admin.create(client)) {
      admin.listOffsets(latest).all().get().forEach((p, end) -> ends.put(p, end.offset()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return ends;
  }

  private List<Example> examples() {
    return TestBroker.readAll(names.of(Topics.EXAMPLES)).stream()
        .map(r -> AvroSerde.examples().deserializer().deserialize("e", r.value()))
        .toList();
  }

  private static Map<String, Double> labels(List<Example> examples) {
    Map<String, Double> labels = new TreeMap<>();
    examples.forEach(e -> labels.put(e.eventId(), e.label()));
    return labels;
  }
}
