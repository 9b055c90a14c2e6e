package dev.weir.pipeline;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.pipeline.join.EventJoin;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Instances of the label join that share the partitions of one broker's topics. */
final class JoinCluster implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final String application = TestBroker.uniqueName("join");
  private final TopicNames names = new TopicNames(application, "small");
  private final Path directory;
  private final ModelSpec spec;
  private final int partitions;
  private final JoinRecords records;
  private final Map<String, KafkaStreams> instances = new LinkedHashMap<>();
  private final Map<TopicPartition, Long> sent = new ConcurrentHashMap<>();
  private final Admin admin;
  private final KafkaProducer<String, byte[]> producer;

  JoinCluster(Path directory, ModelSpec spec, int partitions) {
    this.directory = directory;
    this.spec = spec;
    this.partitions = partitions;
    this.records = new JoinRecords(spec);
    Map<String, Object> client = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    TestBroker.createTopics(
        partitions, Stream.of(Topics.values()).map(names::of).distinct().toArray(String[]::new));
    this.admin = Admin.create(client);
    this.producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
  }

  /** Starts an instance; one that was closed finds its files again. */
  void open(String name) {
    KafkaStreams streams =
        new KafkaStreams(
            JoinRecords.topology(spec, names, EventJoin.supplier(spec, names, Duration.ZERO)),
            settings(name));
    instances.put(name, streams);
    streams.start();
  }

  private Properties settings(String name) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, TestBroker.bootstrapServers());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, directory.resolve(name).toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 20);
    settings.put(StreamsConfig.POLL_MS_CONFIG, 5);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    settings.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 200);
    return settings;
  }

  /** Closes an instance, whose partitions go to the others. */
  void close(String name) {
    KafkaStreams streams = instances.remove(name);
    streams.close(
        CloseOptions.timeout(LIMIT)
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
  }

  /** Lets a second instance come or, where there are two, the older one go. */
  void rebalance() {
    if (instances.size() == 2) {
      close(instances.keySet().iterator().next());
    } else {
      open(instances.containsKey("a") ? "b" : "a");
    }
  }

  void send(Arrival arrival, int start) {
    byte[] value = records.value(arrival, start);
    String topic = names.of(JoinRecords.topic(arrival));
    if (arrival.kind() == Kind.ERASURE) {
      sendToAll(topic, arrival.id(), value);
    } else {
      send(new ProducerRecord<>(topic, arrival.id(), value));
    }
  }

  void tick(int minute) {
    sendToAll(names.of(Topics.TICKS), spec.model(), JoinRecords.tick(minute));
  }

  private void sendToAll(String topic, String key, byte[] value) {
    for (int partition = 0; partition < partitions; partition++) {
      send(new ProducerRecord<>(topic, partition, key, value));
    }
  }

  private void send(ProducerRecord<String, byte[]> record) {
    producer.send(
        record,
        (written, failure) -> {
          if (failure == null) {
            TopicPartition partition = new TopicPartition(written.topic(), written.partition());
            sent.merge(partition, written.offset() + 1, Math::max);
          }
        });
  }

  /** Waits until all that was sent is taken and committed. */
  void await() {
    producer.flush();
    Await.until(LIMIT, () -> committed().entrySet().containsAll(sent.entrySet()), this::state);
  }

  private String state() {
    Map<String, KafkaStreams.State> states = new HashMap<>();
    instances.forEach((name, streams) -> states.put(name, streams.state()));
    return "sent " + new HashMap<>(sent) + ", committed " + committed() + ", " + states;
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get();
      offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    return committed;
  }

  List<Example> examples() {
    var reader = AvroSerde.examples().deserializer();
    return TestBroker.readAll(names.of(Topics.EXAMPLES)).stream()
        .map(record -> reader.deserialize(record.topic(), record.value()))
        .toList();
  }

  List<Outcome> outcomes() {
    return TestBroker.readAll(names.of(Topics.OUTCOMES)).stream()
        .map(record -> Json.read(record.value(), Outcome.class))
        .toList();
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
    instances.values().forEach(streams -> streams.close(LIMIT));
  }
}
