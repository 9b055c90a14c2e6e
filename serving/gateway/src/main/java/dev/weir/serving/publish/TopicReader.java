package dev.weir.serving.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their beginning, outside any consumer group, to rebuild state from them. */
public final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(50);

  private final Map<String, Object> client;

  /**
   * Creates a reader.
   *
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   */
  public TopicReader(Map<String, Object> client) {
    this.client = Map.copyOf(client);
  }

  /** A consumer of bytes that reads committed records from the beginning and commits nothing. */
  static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Hands over every record of a topic that is committed now. */
  public void readAll(String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(client)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(consumer, topic));
      read(consumer, ends, sink);
    }
  }

  /** Hands over the records of a topic that a consumer group has committed as done. */
  public void readDone(String topic, String group, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
      Map<TopicPartition, Long> ends = new HashMap<>();
      Collection<TopicPartition> partitions = partitions(consumer, topic);
      Map<TopicPartition, OffsetAndMetadata> committed =
          consumer.committed(new java.util.HashSet<>(partitions));
      committed.forEach(
          (partition, offset) -> {
            if (offset != null) {
              ends.put(partition, offset.offset());
            }
          });
      read(consumer, ends, sink);
    }
  }

  private static Collection<TopicPartition> partitions(
      KafkaConsumer<byte[], byte[]> consumer, String topic) {
    return consumer.partitionsFor(topic).stream()
        .map(p -> new TopicPartition(topic, p.partition()))
        .toList();
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends,
      Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    consumer.assign(ends.keySet());
    consumer.seekToBeginning(ends.keySet());
    Map<TopicPartition, Long> open = new TreeMap<>(BY_PARTITION);
    open.putAll(ends);
    while (!open.isEmpty()) {
      open.entrySet().removeIf(e -> consumer.position(e.getKey()) >= e.getValue());
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (record.offset() < ends.getOrDefault(partition, 0L)) {
          sink.accept(record);
        }
      }
    }
  }

  private static final java.util.Comparator<TopicPartition> BY_PARTITION =
      java.util.Comparator.comparing(TopicPartition::topic)
          .thenComparingInt(TopicPartition::partition);
}
