package dev.weir.contracts.loop;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a loop has committed of the partitions it owns. Only {@link #offsets()} may be called by
 * another thread than the consumer's.
 */
final class Commits {
  private static final Logger log = LoggerFactory.getLogger(Commits.class);

  private final String name;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();

  Commits(String name, Consumer<byte[], byte[]> consumer) {
    this.name = name;
    this.consumer = consumer;
  }

  /** Returns a live view of the committed offset of each partition that has one. */
  Map<TopicPartition, Long> offsets() {
    return Collections.unmodifiableMap(committed);
  }

  /** Commits the positions that have moved. */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      long position = consumer.position(partition);
      if (position != committed.getOrDefault(partition, -1L)) {
        positions.put(partition, new OffsetAndMetadata(position));
      }
    }
    if (positions.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(positions);
      positions.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    } catch (RebalanceInProgressException | CommitFailedException e) {
      // The group changed while the handler ran. The next poll joins it again; what another member
      // took over is handled twice, which at-least-once allows.
      log.info("commit left to the next owner name={} reason={}", name, e.getMessage());
    }
  }

  void assigned(Collection<TopicPartition> partitions) {
    consumer
        .committed(new HashSet<>(partitions))
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                committed.put(partition, offset.offset());
              }
            });
  }

  void revoked(Collection<TopicPartition> partitions) {
    partitions.forEach(committed::remove);
  }
}
