package dev.weir.app.stack;

import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates what topics are missing and waits until they can be written. */
public final class StackTopics {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private StackTopics() {}

  /**
   * Creates Weir's topics of one model and, on the embedded broker, the user's.
   *
   * @param partitions partitions of the topics that are partitioned by event id
   * @param keepForEver whether retention is unlimited, as replays of the past need
   */
  static void create(
      Admin admin,
      TopicNames names,
      ModelSpec spec,
      int partitions,
      List<String> more,
      boolean keepForEver)
      throws InterruptedException {
    List<NewTopic> topics = own(names, partitions, keepForEver);
    Map<String, String> users = new HashMap<>(Topics.ROWS.settings(keepForEver));
    users.put("max.message.bytes", Integer.toString(Topics.MAX_MESSAGE_BYTES / 2));
    topics.add(topic(spec.events().features().topic(), 1, users));
    topics.add(topic(spec.events().labels().topic(), 1, users));
    if (spec.events().groups() != null) {
      topics.add(topic(spec.events().groups().topic(), 1, users));
    }
    if (spec.events().erasures() != null) {
      topics.add(topic(spec.events().erasures().topic(), 1, users));
    }
    more.forEach(name -> topics.add(topic(name, 1, Topics.EXAMPLES.settings(true))));
    create(admin, topics);
  }

  /** Returns Weir's topics of one model, in a list that may grow. */
  public static List<NewTopic> own(TopicNames names, int partitions, boolean keepForEver) {
    List<NewTopic> topics = new ArrayList<>();
    for (Topics topic : Topics.values()) {
      topics.add(topic(names.of(topic), topic.partitions(partitions), topic.settings(keepForEver)));
    }
    return topics;
  }

  /** Creates those that are missing and waits until they can be written. */
  public static void create(Admin admin, List<NewTopic> topics) throws InterruptedException {
    for (NewTopic topic : topics) {
      create(admin, topic);
    }
    awaitWritable(admin, topics);
  }

  /** Returns a topic that is kept as often as the brokers keep those that do not say how often. */
  public static NewTopic topic(String name, int partitions, Map<String, String> settings) {
    return new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
  }

  private static void create(Admin admin, NewTopic topic) throws InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("cannot create topic " + topic.name(), e.getCause());
      }
    }
  }

  /** A batch sent right after creation can be lost; a partition with a known end takes records. */
  private static void awaitWritable(Admin admin, List<NewTopic> topics)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int p = 0; p < topic.numPartitions(); p++) {
        asked.put(new TopicPartition(topic.name(), p), OffsetSpec.latest());
      }
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!areKnown(admin, asked)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("topics are not readable " + PATIENCE + " after creation");
      }
    }
  }

  private static boolean areKnown(Admin admin, Map<TopicPartition, OffsetSpec> asked)
      throws InterruptedException {
    try {
      admin.listOffsets(asked).all().get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw new IllegalStateException("topics are not readable after creation", e.getCause());
    }
  }
}
