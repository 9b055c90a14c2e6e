package dev.weir.app.deadletter;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is on a topic now, read committed, one record at a time: dead letters may be large. */
final class CommittedRecords {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int ANSWER_WITHIN_MILLIS = 15_000;

  private final Map<String, Object> settings;

  /** Creates a reader with settings of the Kafka client, at least {@code bootstrap.servers}. */
  CommittedRecords(Map<String, Object> client) {
    settings = new HashMap<>(client);
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.records", 100);
    settings.put("fetch.max.wait.ms", 20);
    settings.put("default.api.timeout.ms", ANSWER_WITHIN_MILLIS);
    settings.put("request.timeout.ms", ANSWER_WITHIN_MILLIS);
  }

  /**
   * Gives every record, partition by partition in the order of offsets.
   *
   * @throws IllegalStateException if there is no such topic
   */
  void forEach(String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      if (partitions.isEmpty()) {
        throw new IllegalStateException("there is no topic " + topic);
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (TopicPartition partition : partitions) {
        forEach(consumer, partition, ends.getOrDefault(partition, 0L), action);
      }
    }
  }

  private static void forEach(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition partition,
      long end,
      Consumer<ConsumerRecord<byte[], byte[]>> action) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    // The position passes the markers of transactions, too.
    while (consumer.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < end) {
          action.accept(record);
        }
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
