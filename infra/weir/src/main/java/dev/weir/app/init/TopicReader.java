package dev.weir.app.init;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the first records of a topic, in no group. */
public final class TopicReader {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int PATIENCE_MILLIS = 15_000;

  private final String bootstrapServers;
  private final int most;

  /**
   * Creates a reader.
   *
   * @param most records per topic, ≥ 1
   */
  public TopicReader(String bootstrapServers, int most) {
    this.bootstrapServers = bootstrapServers;
    this.most = most;
  }

  /**
   * Returns what is in a topic now, the earliest records first.
   *
   * @throws InitException if there is no such topic
   * @throws org.apache.kafka.common.KafkaException if the broker cannot be reached
   */
  public TopicSample read(String topic) {
    TopicSample sample = new TopicSample(topic);
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "allow.auto.create.topics",
                false,
                "default.api.timeout.ms",
                PATIENCE_MILLIS),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = partitions(consumer, topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      int taken = 0;
      while (taken < most && isBehind(consumer, ends)) {
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
          if (taken < most) {
            sample.add(each.value());
            taken++;
          }
        }
      }
    }
    return sample;
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new InitException("there is no topic " + topic);
    }
    return found.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
  }

  private static boolean isBehind(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(each -> consumer.position(each.getKey()) < each.getValue());
  }
}
