package dev.weir.testkit.kafka;

import dev.weir.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The one broker of this test JVM: started when first asked for, stopped when the JVM ends, its
 * files under {@code target/}. Tests keep apart by topics and ids of their own ({@link
 * #uniqueName}).
 */
public final class TestBroker {
  private static final Duration LEADERS_WITHIN = Duration.ofSeconds(30);
  private static final AtomicLong NAMES = new AtomicLong();
  private static final Duration READ_LIMIT = Duration.ofSeconds(60);

  private TestBroker() {}

  /** Returns the broker's address, {@code host:port}; the first call starts it. */
  public static String bootstrapServers() {
    return Holder.BROKER.bootstrapServers();
  }

  /** Returns {@code prefix-n}, with a number that no earlier call in this JVM got. */
  public static String uniqueName(String prefix) {
    return prefix + "-" + NAMES.incrementAndGet();
  }

  /**
   * Creates topics of one partition that keep records of any timestamp, and returns when they take
   * records.
   */
  public static void createTopics(String... names) {
    createTopics(1, names);
  }

  /** Creates topics as {@link #createTopics(String...)} does, with that many partitions each. */
  public static void createTopics(int partitions, String... names) {
    List<NewTopic> topics = Stream.of(names).map(name -> forEver(name, partitions)).toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      admin.createTopics(topics).all().get();
      // A batch produced before every leader is known can be lost without an error.
      awaitLeaders(admin, topics);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while creating topics", e);
    } catch (ExecutionException e) {
      throw new KafkaException("topics were not created: " + List.of(names), e.getCause());
    }
  }

  /** Returns when each partition of topics has a leader, on the broker that {@code admin} asks. */
  public static void awaitLeaders(Admin admin, List<NewTopic> topics)
      throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + LEADERS_WITHIN.toNanos();
    while (true) {
      try {
        admin.listOffsets(latest(topics)).all().get();
        return;
      } catch (ExecutionException e) {
        boolean isNew = e.getCause() instanceof UnknownTopicOrPartitionException;
        if (!isNew || System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  /**
   * Returns the committed records of a topic from its beginning to its end at the time of the call,
   * by partition, then offset.
   */
  public static List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = committedReader()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return readTo(consumer, consumer.endOffsets(partitions));
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> readTo(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Set<TopicPartition> open = new LinkedHashSet<>(ends.keySet());
    long start = System.nanoTime();
    while (!open.isEmpty()) {
      // The position passes transaction markers, which are no records.
      open.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          records.add(record);
        }
      }
      if (System.nanoTime() - start > READ_LIMIT.toNanos()) {
        throw new AssertionError("after " + READ_LIMIT + " not read to the end: " + open);
      }
    }
    records.sort(
        Comparator.<ConsumerRecord<byte[], byte[]>>comparingInt(ConsumerRecord::partition)
            .thenComparingLong(ConsumerRecord::offset));
    return List.copyOf(records);
  }

  private static KafkaConsumer<byte[], byte[]> committedReader() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static NewTopic forEver(String name, int partitions) {
    return new NewTopic(name, partitions, (short) 1)
        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
  }

  private static Map<TopicPartition, OffsetSpec> latest(List<NewTopic> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                Stream.iterate(0, p -> p < topic.numPartitions(), p -> p + 1)
                    .map(p -> new TopicPartition(topic.name(), p)))
        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
  }

  /** Initialized, and so started, at the first use. */
  private static final class Holder {
    static final EmbeddedBroker BROKER = start();

    private static EmbeddedBroker start() {
      try {
        Path target = Files.createDirectories(Path.of("target"));
        EmbeddedBroker broker =
            EmbeddedBroker.start(Files.createTempDirectory(target, "broker-"), 0);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-test-broker"));
        return broker;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
