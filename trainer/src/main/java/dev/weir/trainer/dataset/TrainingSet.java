package dev.weir.trainer.dataset;

import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.digest.HoldOut;
import dev.weir.contracts.digest.RowsDigest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The examples of a request's training ranges, in {@link RowsDigest#ORDER}.
 *
 * @param rows last revision of each event that is not in the hold-out
 * @param digest of {@code rows}
 * @param heldOut events in the ranges that belong to the hold-out
 * @param otherSpec examples of another spec, left out
 */
public record TrainingSet(List<Example> rows, String digest, long heldOut, long otherSpec) {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  /** Takes a copy. */
  public TrainingSet {
    rows = List.copyOf(rows);
  }

  /** Reads exactly the ranges; fails if some of them are no longer, or not yet, in the log. */
  public static TrainingSet read(
      TrainingRequest request, ModelSpec spec, Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    Map<String, Example> latest = new HashMap<>();
    long[] otherSpec = {0};
    var examples = AvroSerde.examples().deserializer();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      for (OffsetRange range : request.training()) {
        read(
            consumer,
            range,
            record -> {
              Example example = examples.deserialize(record.topic(), record.value());
              if (example.row().specDigest().equals(request.specDigest())) {
                latest.merge(example.eventId(), example, TrainingSet::later);
              } else {
                otherSpec[0]++;
              }
            });
      }
    }
    HoldOut holdOut = spec.holdOut();
    List<Example> rows =
        latest.values().stream()
            .filter(example -> !holdOut.contains(example.eventId()))
            .sorted(RowsDigest.ORDER)
            .toList();
    return new TrainingSet(
        rows, RowsDigest.of(rows), latest.size() - (long) rows.size(), otherSpec[0]);
  }

  private static Example later(Example one, Example other) {
    return other.revision() >= one.revision() ? other : one;
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      OffsetRange range,
      Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    if (range.from() == range.to()) {
      return;
    }
    TopicPartition partition = new TopicPartition(range.topic(), range.partition());
    consumer.assign(List.of(partition));
    long first = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    if (first > range.from()) {
      throw new DatasetException("offsets are gone: " + range + ", the log begins at " + first);
    }
    consumer.seek(partition, range.from());
    long start = System.nanoTime();
    while (consumer.position(partition) < range.to()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < range.to() && record.value() != null) {
          sink.accept(record);
        }
      }
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new DatasetException(
            "offsets not readable: " + range + ", stuck at " + consumer.position(partition));
      }
    }
  }
}
