package dev.weir.pipeline;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;

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
}
