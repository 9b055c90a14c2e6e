package dev.weir.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.contracts.topic.Topics;
import dev.weir.serving.publish.Outlet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Records of one poll, and an outlet that keeps what it gets. */
public final class Records implements Outlet {
  public static final String PREFIX = "t";

  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> poll =
      new LinkedHashMap<>();
  public final Map<Topics, List<byte[]>> sent = new LinkedHashMap<>();

  /** Adds a record to the next poll. */
  public Records with(Topics topic, byte[] value) {
    String name = topic.name(PREFIX, Models.MODEL);
    List<ConsumerRecord<byte[], byte[]>> records =
        poll.computeIfAbsent(new TopicPartition(name, 0), p -> new ArrayList<>());
    records.add(new ConsumerRecord<>(name, 0, records.size(), "k".getBytes(UTF_8), value));
    return this;
  }

  /** The poll, which is then empty again. */
  public ConsumerRecords<byte[], byte[]> poll() {
    ConsumerRecords<byte[], byte[]> records =
        new ConsumerRecords<>(new LinkedHashMap<>(poll), Map.of());
    poll.clear();
    return records;
  }

  @Override
  public void send(Topics topic, String model, String key, Instant time, byte[] value) {
    sent.computeIfAbsent(topic, t -> new ArrayList<>()).add(value);
  }

  @Override
  public void send(
      Topics topic, String model, int generation, String key, Instant time, byte[] value) {
    send(topic, model, key, time, value);
  }

  @Override
  public void flush() {}
}
