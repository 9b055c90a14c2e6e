package dev.weir.app.bench;

import dev.weir.app.stack.StackTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The topics of a run, on the broker of the benchmark. */
final class BenchTopics {
  private final Admin admin;

  BenchTopics(Admin admin) {
    this.admin = admin;
  }

  /** Creates topics and waits until they can be written. */
  void create(int partitions, List<String> names) throws InterruptedException {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : names) {
      topics.add(StackTopics.topic(name, partitions, Map.of("retention.ms", "-1")));
    }
    StackTopics.create(admin, topics);
  }

  /** Creates all of Weir's topics of a model. */
  void createOwn(BenchModel model, int partitions) throws InterruptedException {
    StackTopics.create(admin, StackTopics.own(model.names(), partitions, true));
  }

  /** Returns where the partitions of some topics end. */
  Map<TopicPartition, Long> ends(List<String> topics) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    try {
      admin
          .describeTopics(topics)
          .allTopicNames()
          .get()
          .forEach(
              (name, topic) ->
                  topic
                      .partitions()
                      .forEach(
                          p ->
                              asked.put(
                                  new TopicPartition(name, p.partition()), OffsetSpec.latest())));
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin.listOffsets(asked).all().get().forEach((p, end) -> ends.put(p, end.offset()));
      return ends;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker cannot be asked", e.getCause());
    }
  }

  /** Deletes topics by the start of their names: a large run leaves gigabytes. */
  void deleteAll(String prefix, String otherPrefix) throws InterruptedException {
    try {
      Set<String> all = admin.listTopics().names().get();
      List<String> run =
          all.stream().filter(t -> t.startsWith(prefix) || t.startsWith(otherPrefix)).toList();
      admin.deleteTopics(run).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics cannot be deleted", e.getCause());
    }
  }
}
