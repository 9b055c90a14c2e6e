package dev.weir.pipeline;

import dev.weir.broker.BrokerException;
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
import dev.weir.testkit.kafka.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker of one test alone, which may go away and come back with its records, at its address. */
final class OwnBroker implements AutoCloseable {
  private static final int FIRST_PORT = 15_000;
  private static final int PORTS = 10_000;
  private static final int ATTEMPTS = 20;

  private final Path directory;
  private final ModelSpec spec;
  private final TopicNames names;
  private final int port;
  private EmbeddedBroker broker;

  OwnBroker(Path directory, ModelSpec spec) {
    this.directory = directory;
    this.spec = spec;
    this.names = new TopicNames("weir", spec.model());
    this.broker = startOnFreePort(directory);
    String address = broker.bootstrapServers();
    this.port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** Below the ports that systems give away, so that nobody gets it while the broker is away. */
  private static EmbeddedBroker startOnFreePort(Path directory) {
    int first = FIRST_PORT + (int) (ProcessHandle.current().pid() % PORTS);
    for (int candidate = first; ; candidate++) {
      try {
        return EmbeddedBroker.start(directory, candidate);
      } catch (BrokerException e) {
        if (candidate == first + ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  void goAway() {
    broker.close();
  }

  /** Returns when all leaders are there, without which a producer may lose its first batches. */
  void comeBack() throws InterruptedException, ExecutionException {
    broker = EmbeddedBroker.start(directory, port);
    try (Admin admin = Admin.create(client(Map.of()))) {
      TestBroker.awaitLeaders(admin, topics());
    }
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
    try (Admin admin = Admin.create(client(Map.of()))) {
      admin.createTopics(topics()).all().get();
      TestBroker.awaitLeaders(admin, topics());
    }
  }

  private List<NewTopic> topics() {
    return Stream.concat(
            Stream.of(spec.events().features().topic(), spec.events().labels().topic()),
            Stream.of(Topics.values()).map(names::of))
        .map(name -> new NewTopic(name, 1, (short) 1).configs(Map.of("retention.ms", "-1")))
        .toList();
  }

  /** Sends records of users and returns when the broker has them all. */
  void send(List<Arrival> arrivals) throws InterruptedException, ExecutionException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      arrivals.forEach(each -> sent.add(producer.send(record(each))));
      producer.flush();
    }
    for (Future<RecordMetadata> each : sent) {
      each.get();
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

  /** Waits until a role has committed all that there is. */
  void awaitQuiet(PipelineRole role) {
    try (Admin admin = Admin.create(client(Map.of()))) {
      new Quiet(admin, role).await(PartitionedRun.WITHIN);
    }
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
