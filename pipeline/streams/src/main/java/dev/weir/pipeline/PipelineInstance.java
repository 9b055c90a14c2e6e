package dev.weir.pipeline;

import static java.util.Objects.requireNonNull;

import dev.weir.contracts.loop.Patience;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * One of the instances that run a model's pipeline and share its partitions.
 *
 * @param client settings of the Kafka client, at least {@code bootstrap.servers}
 * @param stateDirectory where its stores are kept, not the temporary directory; its own alone
 * @param partitions partitions of each of the model's topics that are partitioned by event id, the
 *     same number for all instances
 * @param name its name among the instances: another name each, the same after a restart, so that
 *     its partitions wait for it instead of moving
 */
public record PipelineInstance(
    Map<String, Object> client, Path stateDirectory, int partitions, String name) {
  /** Of changelogs: what is kept of 100,000 events or so. */
  private static final int SEGMENT_BYTES = 64 * 1024 * 1024;

  public PipelineInstance {
    client = Map.copyOf(client);
    requireNonNull(stateDirectory, "stateDirectory");
    if (partitions < 1 || name.isBlank()) {
      throw new IllegalArgumentException(
          "need partitions >= 1 and a name, was " + partitions + " and '" + name + "'");
    }
  }

  /** Returns the only instance, with one partition. */
  public static PipelineInstance only(Map<String, Object> client, Path stateDirectory) {
    return new PipelineInstance(client, stateDirectory, 1, "1");
  }

  /**
   * Returns the settings of Kafka Streams. Its topics are kept as often as the brokers keep those
   * that do not say how often.
   *
   * @param role the role's name, that of its consumer group
   */
  Properties settings(String role, Pace pace) {
    Properties settings = new Properties();
    settings.putAll(pace.settings());
    settings.putAll(client);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, role);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // A segment is compacted only when it is full: whatever it holds is restored until then.
    settings.put(StreamsConfig.topicPrefix("segment.bytes"), SEGMENT_BYTES);
    // As long as the other roles wait for a broker that is away.
    settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, Patience.DEFAULT.total().toMillis());
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    settings.put(StreamsConfig.producerPrefix("max.request.size"), Topics.MAX_MESSAGE_BYTES);
    settings.put(StreamsConfig.mainConsumerPrefix("group.instance.id"), role + "-" + name);
    return settings;
  }
}
