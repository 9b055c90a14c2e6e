package dev.weir.app.replay;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics to their ends, topic by topic in a given order, read committed and outside any
 * group; not thread-safe.
 */
public final class TopicFeed implements AutoCloseable {
  private final Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> takers;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  /**
   * Creates a feed from the beginnings of the topics.
   *
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param takers who takes the records of each topic, in the order in which topics are read
   */
  public TopicFeed(
      Map<String, Object> client, Map<String, Consumer<ConsumerRecord<byte[], byte[]>>> takers) {
    this.takers = takers;
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    settings.put("enable.auto.commit", false);
    // A fetch that waits on one topic keeps the next topic's from being sent.
    settings.put("fetch.max.wait.ms", 20);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.partitions =
        takers.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads what is new; call it when all roles rest. */
  public void catchUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      consumer.pause(partitions);
      consumer.resume(List.of(partition));
      while (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
        consumer.poll(Duration.ofMillis(50)).forEach(this::take);
      }
    }
    consumer.resume(partitions);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    Consumer<ConsumerRecord<byte[], byte[]>> taker = takers.get(record.topic());
    if (taker == null) {
      throw new IllegalStateException("a record of " + record.topic() + ", which nobody asked for");
    }
    taker.accept(record);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
