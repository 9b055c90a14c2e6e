package dev.weir.app.driver;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells when every role has handled everything there is.
 *
 * <p>Commits are read first and the ends of the topics (uncommitted) afterwards. A role writes its
 * results before it commits their input, so when each commit has reached an end that was read
 * later, nothing is under way.
 */
final class Quiescence {
  private static final long LEAST_PAUSE_MILLIS = 4;
  private static final long MOST_PAUSE_MILLIS = 50;

  /** Pauses grow to this part of what was waited, so that asking takes no time from a job. */
  private static final int PART_WAITED = 20;

  private final Admin admin;
  private final List<Follower> followers;
  private final Duration patience;
  private final Set<TopicPartition> followed = new HashSet<>();

  /**
   * Creates the watch.
   *
   * @param patience longest time without a commit, and without a role at work, before it gives up
   */
  Quiescence(Admin admin, List<Follower> followers, Duration patience) {
    this.admin = admin;
    this.followers = List.copyOf(followers);
    this.patience = patience;
  }

  /**
   * Returns when all roles are done.
   *
   * @throws IllegalStateException if a role failed, or nothing moved for longer than the patience
   */
  void await() throws InterruptedException {
    List<Map<TopicPartition, Long>> last = List.of();
    long begun = System.nanoTime();
    long lastMove = begun;
    while (true) {
      failOnFailure();
      List<Map<TopicPartition, Long>> commits = commits();
      String behind = behind(commits, ends(commits));
      if (behind.isEmpty()) {
        return;
      }
      if (!commits.equals(last) || isAnyBusy()) {
        last = commits;
        lastMove = System.nanoTime();
      } else if (System.nanoTime() - lastMove > patience.toNanos()) {
        throw new IllegalStateException("nothing moved for " + patience + ": " + behind);
      }
      Thread.sleep(pauseMillis((System.nanoTime() - begun) / 1_000_000));
    }
  }

  private static long pauseMillis(long waitedMillis) {
    return Math.max(LEAST_PAUSE_MILLIS, Math.min(MOST_PAUSE_MILLIS, waitedMillis / PART_WAITED));
  }

  /** A job may take long; how long at most is its own affair. */
  private boolean isAnyBusy() {
    return followers.stream().anyMatch(f -> f.progress().isBusy());
  }

  private void failOnFailure() {
    for (Follower follower : followers) {
      follower
          .failure()
          .get()
          .ifPresent(
              e -> {
                throw new IllegalStateException(follower.progress().name() + " stopped", e);
              });
    }
  }

  private List<Map<TopicPartition, Long>> commits() {
    return followers.stream().map(f -> Map.copyOf(f.progress().committed())).toList();
  }

  private Map<TopicPartition, Long> ends(List<Map<TopicPartition, Long>> commits)
      throws InterruptedException {
    Set<TopicPartition> partitions = new HashSet<>(followed());
    commits.forEach(c -> partitions.addAll(c.keySet()));
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(p -> asked.put(p, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    try {
      admin
          .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
          .all()
          .get()
          .forEach((partition, offset) -> ends.put(partition, offset.offset()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the ends of the topics are not readable", e);
    }
    return ends;
  }

  /** Topics keep their partitions while a driver runs, so they are asked for once. */
  private Set<TopicPartition> followed() throws InterruptedException {
    if (followed.isEmpty()) {
      Set<String> topics = new HashSet<>();
      followers.forEach(f -> topics.addAll(f.topics()));
      try {
        admin
            .describeTopics(topics)
            .allTopicNames()
            .get()
            .forEach(
                (name, topic) ->
                    topic
                        .partitions()
                        .forEach(p -> followed.add(new TopicPartition(name, p.partition()))));
      } catch (ExecutionException e) {
        throw new IllegalStateException("the partitions of the topics are not readable", e);
      }
    }
    return followed;
  }

  private String behind(List<Map<TopicPartition, Long>> commits, Map<TopicPartition, Long> ends) {
    StringBuilder behind = new StringBuilder();
    for (int i = 0; i < followers.size(); i++) {
      Follower follower = followers.get(i);
      Map<TopicPartition, Long> committed = commits.get(i);
      ends.forEach(
          (partition, end) -> {
            boolean follows =
                follower.topics().contains(partition.topic()) || committed.containsKey(partition);
            long at = committed.getOrDefault(partition, 0L);
            if (follows && at < end) {
              behind
                  .append(follower.progress().name())
                  .append(" is at ")
                  .append(at)
                  .append(" of ")
                  .append(end)
                  .append(" in ")
                  .append(partition)
                  .append("; ");
            }
          });
    }
    return behind.toString();
  }
}
