package dev.weir.pipeline;

import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * What partition counts the pipeline relies on. A row and its label meet only where their topics
 * have as many partitions; a topic with another count would stall the joins without an error.
 */
final class TopicLayout {
  private final TopicNames names;
  private final int partitions;

  TopicLayout(TopicNames names, int partitions) {
    this.names = names;
    this.partitions = partitions;
  }

  /**
   * Checks the topics on the cluster.
   *
   * @throws IllegalStateException if one has another number of partitions than it needs
   * @throws ExecutionException if the cluster cannot be asked or has not all of them
   */
  void require(Admin admin, Set<Topics> topics) throws InterruptedException, ExecutionException {
    Map<String, Integer> needed = new LinkedHashMap<>();
    topics.stream().sorted().forEach(t -> needed.put(names.of(t), t.partitions(partitions)));
    Map<String, TopicDescription> found =
        admin.describeTopics(needed.keySet()).allTopicNames().get();
    List<String> wrong = new ArrayList<>();
    needed.forEach(
        (name, count) -> {
          TopicDescription topic = found.get(name);
          if (topic != null && topic.partitions().size() != count) {
            wrong.add(name + " has " + topic.partitions().size() + ", needs " + count);
          }
        });
    if (!wrong.isEmpty()) {
      throw new IllegalStateException(
          "partitions of model "
              + names.model()
              + ": "
              + String.join("; ", wrong)
              + ". This pipeline was started for "
              + partitions
              + "; start it for what the topics have, or create the topics anew");
    }
  }
}
