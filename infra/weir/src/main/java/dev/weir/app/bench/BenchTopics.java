package dev.weir.app.bench;

import dev.weir.app.stack.StackTopics;
import dev.weir.pipeline.PipelineRole;
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

  /** Deletes a model's topics, and those of its pipeline: a large run leaves gigabytes. */
  void deleteAll(BenchModel model) throws InterruptedException {
    String name = model.spec().model();
    List<String> starts =
        List.of(name + ".", model.names().prefix() + ".", PipelineRole.name(name, 1) + "-");
    try {
      Set<String> all = admin.listTopics().names().get();
      List<String> ofModel =
          all.stream().filter(topic -> starts.stream().anyMatch(topic::startsWith)).toList();
      admin.deleteTopics(ofModel).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topics cannot be deleted", e.getCause());
    }
  }
}
