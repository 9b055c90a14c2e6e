package dev.weir.contracts.topic;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads exact ranges of offsets, read committed, outside any consumer group; thread-safe. */
public final class RangeReader {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Object> settings;

  /** Creates a reader with settings of the Kafka client, at least {@code bootstrap.servers}. */
  public RangeReader(Map<String, Object> client) {
    settings = new HashMap<>(client);
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "none");
    settings.put("max.poll.records", 5000);
    // To close waits for the fetch that is under way, and that for as long as nothing comes.
    settings.put("fetch.max.wait.ms", 20);
  }

  /**
   * Returns the records of all ranges, range by range, in the order of their offsets.
   *
   * @throws IllegalStateException if part of a range is no longer, or not yet, on the topic
   */
  public List<ConsumerRecord<byte[], byte[]>> read(List<OffsetRange> ranges) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    forEach(ranges, records::add);
    return records;
  }

  /**
   * Gives the records of all ranges, as {@link #read} returns them, one at a time.
   *
   * @throws IllegalStateException if part of a range is no longer, or not yet, on the topic
   */
  public void forEach(List<OffsetRange> ranges, Consumer<ConsumerRecord<byte[], byte[]>> action) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      for (OffsetRange range : ranges) {
        read(consumer, range, action);
      }
    }
  }

  /** Returns everything that is on a topic now, by partition, then offset. */
  public List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      for (int number = 0; number < consumer.partitionsFor(topic).size(); number++) {
        TopicPartition partition = new TopicPartition(topic, number);
        long from = first(consumer, partition);
        long to = end(consumer, partition);
        read(consumer, new OffsetRange(topic, number, from, to), records::add);
      }
    }
    return records;
  }

  /**
   * Returns the ranges of a topic from the first record whose time is not before {@code from} to
   * the end, one per partition; a partition without such a record is left out.
   */
  public List<OffsetRange> since(String topic, Instant from) {
    List<OffsetRange> ranges = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      for (int number = 0; number < consumer.partitionsFor(topic).size(); number++) {
        TopicPartition partition = new TopicPartition(topic, number);
        long end = end(consumer, partition);
        OffsetAndTimestamp first =
            consumer.offsetsForTimes(Map.of(partition, from.toEpochMilli())).get(partition);
        if (first != null && first.offset() < end) {
          ranges.add(new OffsetRange(topic, number, first.offset(), end));
        }
      }
    }
    return ranges;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      OffsetRange range,
      Consumer<ConsumerRecord<byte[], byte[]>> action) {
    TopicPartition partition = new TopicPartition(range.topic(), range.partition());
    List<TopicPartition> one = List.of(partition);
    long first = first(consumer, partition);
    long end = end(consumer, partition);
    if (first > range.from() || end < range.to()) {
      throw new IllegalStateException(
          "range " + range + " is not whole on the topic, which holds [" + first + "," + end + ")");
    }
    consumer.assign(one);
    consumer.seek(partition, range.from());
    while (consumer.position(partition) < range.to()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < range.to()) {
          action.accept(record);
        }
      }
    }
  }

  private static long first(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }

  private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }
}
