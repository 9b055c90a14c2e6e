package dev.weir.app.demo;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The examples topic, read to its end, with the offset of each example. */
final class ExampleLog {
  private final String topic;
  private final List<Entry> entries = new ArrayList<>();

  /** An example and where it stands. */
  record Entry(long offset, Example example) {}

  private ExampleLog(String topic) {
    this.topic = topic;
  }

  /** Reads partition 0 of {@code topic} from its beginning to its present end. */
  static ExampleLog read(String topic, Map<String, Object> client) {
    ExampleLog log = new ExampleLog(topic);
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", false);
    settings.put("fetch.max.wait.ms", 20);
    TopicPartition partition = new TopicPartition(topic, 0);
    AvroSerde<Example> serde = AvroSerde.examples();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          Example example = serde.deserializer().deserialize(topic, record.value());
          log.entries.add(new Entry(record.offset(), example));
        }
      }
    }
    return log;
  }

  /** Returns all examples in the order in which they were joined. */
  List<Example> examples() {
    return entries.stream().map(Entry::example).toList();
  }

  /** Returns the last {@code count} examples. */
  List<Example> last(int count) {
    return tail(count).stream().map(Entry::example).toList();
  }

  /** Returns the range that holds exactly the last {@code count} examples. */
  OffsetRange lastRange(int count) {
    List<Entry> tail = tail(count);
    return new OffsetRange(topic, 0, tail.get(0).offset(), tail.get(tail.size() - 1).offset() + 1);
  }

  private List<Entry> tail(int count) {
    return entries.subList(Math.max(0, entries.size() - count), entries.size());
  }
}
