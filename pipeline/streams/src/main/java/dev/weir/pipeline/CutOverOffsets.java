package dev.weir.pipeline;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/*
 *   features-0   ..................│.......│
 *                     former read to ▲     ▲ next has read to
 *
 * Both pipelines stand still, and what they have committed is exactly what they have encoded: the
 * offsets are part of the transactions that hold the rows. From the larger of the two on, neither
 * has read anything, so from there on the next one can decide; the former goes on to there.
 */

/** Finds where a model's next spec can begin to decide, while no pipeline of either runs. */
public final class CutOverOffsets {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Admin admin;
  private final Duration patience;

  /**
   * Creates the search.
   *
   * @param patience how long to wait for what a killed instance has left: its membership, and
   *     offsets of a transaction that is not ended
   */
  public CutOverOffsets(Admin admin, Duration patience) {
    this.admin = admin;
    this.patience = patience;
  }

  /**
   * Returns the offsets, by topic and partition: the larger of those which the two have committed.
   *
   * @param topics topics of the user that either reads
   * @param former name of the role that decides
   * @param next name of the role that is to decide
   * @throws IllegalStateException if an instance of either still runs, or the cluster cannot be
   *     asked
   */
  public SortedMap<String, SortedMap<Integer, Long>> find(
      Set<String> topics, String former, String next) throws InterruptedException {
    SortedMap<String, SortedMap<Integer, Long>> offsets = new TreeMap<>();
    try {
      awaitEmpty(former);
      awaitEmpty(next);
      Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(committed(former));
      committed(next)
          .forEach(
              (partition, offset) ->
                  committed.merge(partition, offset, (a, b) -> a.offset() < b.offset() ? b : a));
      committed.forEach(
          (partition, offset) -> {
            if (topics.contains(partition.topic())) {
              offsets
                  .computeIfAbsent(partition.topic(), topic -> new TreeMap<>())
                  .put(partition.partition(), offset.offset());
            }
          });
      return offsets;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster cannot be asked for offsets", e.getCause());
    }
  }

  private void awaitEmpty(String group) throws InterruptedException, ExecutionException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isEmpty(group)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "an instance of "
                + group
                + " still runs, so its offsets may move; end it, then the cut-over goes on");
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  private boolean isEmpty(String group) throws InterruptedException, ExecutionException {
    Optional<ConsumerGroupDescription> found = described(group);
    return found.isEmpty()
        || found.get().groupState() == GroupState.EMPTY
        || found.get().groupState() == GroupState.DEAD;
  }

  private Optional<ConsumerGroupDescription> described(String group)
      throws InterruptedException, ExecutionException {
    try {
      return Optional.ofNullable(
          admin.describeConsumerGroups(Set.of(group)).all().get().get(group));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Stable: without the offsets of a transaction whose end is not known yet. */
  private Map<TopicPartition, OffsetAndMetadata> committed(String group)
      throws InterruptedException, ExecutionException {
    return admin
        .listConsumerGroupOffsets(
            group,
            new ListConsumerGroupOffsetsOptions()
                .requireStable(true)
                .timeoutMs((int) patience.toMillis()))
        .partitionsToOffsetAndMetadata()
        .get();
  }
}
