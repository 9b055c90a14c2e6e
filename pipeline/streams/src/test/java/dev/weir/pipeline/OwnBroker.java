package dev.weir.pipeline;

import dev.weir.broker.EmbeddedBroker;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.testkit.await.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker of one test alone, which may go away and come back with its records, at its address. */
final class OwnBroker implements AutoCloseable {
  private final Path directory;
  private final ModelSpec spec;
  private final TopicNames names;
  private final int port;
  private EmbeddedBroker broker;

  OwnBroker(Path directory, ModelSpec spec) {
    this.directory = directory;
    this.spec = spec;
    this.names = new TopicNames("weir", spec.model());
    this.broker = EmbeddedBroker.start(directory, 0);
    String address = broker.bootstrapServers();
    this.port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  void goAway() {
    broker.close();
  }

  void comeBack() {
    broker = EmbeddedBroker.start(directory, port);
  }

  TopicNames names() {
    return names;
  }

  /** Returns settings of a client of this broker, with more of them. */
  Map<String, Object> client(Map<String, Object> more) {
    Map<String, Object> client = new HashMap<>(more);
    client.put("bootstrap.servers", broker.bootstrapServers());
    return client;
  }

  void createTopics() throws InterruptedException, ExecutionException {
    List<NewTopic> topics =
        Stream.concat(
                Stream.of(spec.events().features().topic(), spec.events().labels().topic()),
                Stream.of(Topics.values()).map(names::of))
            .map(name -> new NewTopic(name, 1, (short) 1).configs(Map.of("retention.ms", "-1")))
            .toList();
    try (Admin admin = Admin.create(client(Map.of()))) {
      admin.createTopics(topics).all().get();
    }
  }

  /** Sends records of users and returns when the broker has them all. */
  void send(List<Arrival> arrivals) {
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (Arrival each : arrivals) {
        producer.send(
            record(each),
            (written, failure) -> {
              if (failure != null) {
                throw new AssertionError(failure);
              }
            });
      }
      producer.flush();
    }
  }

  private ProducerRecord<byte[], byte[]> record(Arrival each) {
    String topic =
        each.kind() == Kind.ROW ? spec.events().features().topic() : spec.events().labels().topic();
    long time = DisorderedStream.time(each).toEpochMilli();
    return new ProducerRecord<>(topic, null, time, null, DisorderedStream.json(each));
  }

  /** Returns when a producer has waited in vain for as long as that, in wall time. */
  void outlast(Duration time) {
    Map<String, Object> impatient = Map.of("max.block.ms", time.toMillis());
    try (KafkaProducer<byte[], byte[]> producer = producer(impatient)) {
      producer.partitionsFor(spec.events().features().topic());
      throw new AssertionError("the broker is there");
    } catch (TimeoutException e) {
      // Awaited.
    }
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    return new KafkaProducer<>(client(more), new ByteArraySerializer(), new ByteArraySerializer());
  }

  List<Example> examples() {
    return new RangeReader(client(Map.of()))
        .readAll(names.of(Topics.EXAMPLES)).stream()
            .map(r -> AvroSerde.examples().deserializer().deserialize("e", r.value()))
            .toList();
  }

  /** Waits until there are as many examples as the oracle has, and returns them. */
  List<Example> awaitExamples(Set<String> events, PipelineRole role) {
    Await.until(
        PartitionedRun.WITHIN,
        () -> examples().size() >= events.size(),
        () -> examples().size() + " examples of " + events.size() + ", " + role.failure());
    return examples();
  }

  @Override
  public void close() {
    broker.close();
  }
}
