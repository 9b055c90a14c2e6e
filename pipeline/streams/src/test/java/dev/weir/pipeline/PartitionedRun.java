package dev.weir.pipeline;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.testkit.kafka.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A model's topics on the test broker, with so many partitions, and what a test writes there. */
final class PartitionedRun implements AutoCloseable {
  static final Duration WITHIN = Duration.ofSeconds(90);

  private final ModelSpec spec;
  private final TopicNames names;
  private final int partitions;
  private final Map<String, Object> client =
      Map.of(
          "bootstrap.servers",
          TestBroker.bootstrapServers(),
          "main.consumer.session.timeout.ms",
          6000,
          "main.consumer.heartbeat.interval.ms",
          1000);
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  /** Creates the topics; the model's name is the application's, too. */
  PartitionedRun(String model, String spec, int partitions) {
    this.spec = SpecReader.parse(model, spec.replace("MODEL", model));
    this.names = new TopicNames(TestBroker.uniqueName("weir"), model);
    this.partitions = partitions;
    TestBroker.createTopics(user("features"), user("labels"));
    createTopics(true, partitions);
    createTopics(false, 1);
    this.admin = Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()));
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  private void createTopics(boolean isPartitioned, int count) {
    TestBroker.createTopics(
        count,
        Stream.of(Topics.values())
            .filter(topic -> topic.isPartitioned() == isPartitioned)
            .map(names::of)
            .toArray(String[]::new));
  }

  private String user(String what) {
    return what.equals("features")
        ? spec.events().features().topic()
        : spec.events().labels().topic();
  }

  ModelSpec spec() {
    return spec;
  }

  TopicNames names() {
    return names;
  }

  Map<String, Object> client() {
    return client;
  }

  int partitions() {
    return partitions;
  }

  void sendFeature(Instant at, String json) {
    send(user("features"), "any", at, PipelineDriver.bytes(json));
  }

  void sendLabel(Instant at, String json) {
    send(user("labels"), "any", at, PipelineDriver.bytes(json));
  }

  void send(Topics topic, String key, Instant at, byte[] value) {
    send(names.of(topic), key, at, value);
  }

  private void send(String topic, String key, Instant at, byte[] value) {
    producer.send(
        new ProducerRecord<>(topic, null, at.toEpochMilli(), PipelineDriver.bytes(key), value));
  }

  void flush() {
    producer.flush();
  }

  /** Waits until the group has committed the ends of all its topics, and they no longer move. */
  void awaitQuiet(PipelineRole role) {
    producer.flush();
    new Quiet(admin, role).await(WITHIN);
  }

  Admin admin() {
    return admin;
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
