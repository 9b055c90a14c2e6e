package dev.weir.pipeline;

import dev.weir.testkit.await.Await;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A role that has nothing left to do: its group has committed the ends of all that it follows. */
final class Quiet {
  private final Admin admin;
  private final PipelineRole role;

  Quiet(Admin admin, PipelineRole role) {
    this.admin = admin;
    this.role = role;
  }

  void await(Duration within) {
    Set<TopicPartition> all = followed();
    Await.until(
        within,
        () -> {
          Map<TopicPartition, Long> committed = committed();
          Map<TopicPartition, Long> ends = ends(all);
          return ends.entrySet().stream()
              .allMatch(e -> committed.getOrDefault(e.getKey(), 0L) >= e.getValue());
        },
        () ->
            "ends "
                + ends(all)
                + ", committed "
                + committed()
                + ", "
                + role.failure()
                + role.failure().map(Throwable::getCause));
  }

  private Set<TopicPartition> followed() {
    Set<TopicPartition> all = new HashSet<>();
    try {
      admin
          .describeTopics(List.copyOf(role.topics()))
          .allTopicNames()
          .get()
          .values()
          .forEach(
              t ->
                  t.partitions()
                      .forEach(p -> all.add(new TopicPartition(t.name(), p.partition()))));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return all;
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    try {
      admin
          .listConsumerGroupOffsets(role.name())
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((p, offset) -> committed.put(p, offset.offset()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return committed;
  }

  private Map<TopicPartition, Long> ends(Set<TopicPartition> partitionsAsked) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitionsAsked.forEach(p -> latest.put(p, OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    try {
      admin.listOffsets(latest).all().get().forEach((p, end) -> ends.put(p, end.offset()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return ends;
  }
}
