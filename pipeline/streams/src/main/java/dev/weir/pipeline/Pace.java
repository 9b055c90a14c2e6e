package dev.weir.pipeline;

import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How long the pipeline gathers records before it commits what it made of them: a driver waits for
 * each commit, a free run rather has fewer of them. Measured by {@code weir bench pipeline}; see
 * docs/benchmarks.md.
 */
enum Pace {
  /** A commit after at most 20 ms, for who waits for it, and one thread. */
  DRIVEN(
      Map.of(
          StreamsConfig.NUM_STREAM_THREADS_CONFIG,
          1,
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
          20,
          StreamsConfig.POLL_MS_CONFIG,
          5)),

  /**
   * A commit after at most 100 ms, as is Kafka Streams' own choice for exactly-once, in large
   * batches. What waits in one topic is not held back for what may come in another: the joins do
   * not depend on the order, and Kafka Streams' check whether it should wait costs more per record
   * than the join where a topic, such as predictions, is empty. Two threads, where there are two
   * processors: ingest and joins are about as much work.
   */
  FREE(
      Map.of(
          StreamsConfig.NUM_STREAM_THREADS_CONFIG,
          Math.min(2, Runtime.getRuntime().availableProcessors()),
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
          100,
          StreamsConfig.POLL_MS_CONFIG,
          20,
          StreamsConfig.MAX_TASK_IDLE_MS_CONFIG,
          StreamsConfig.MAX_TASK_IDLE_MS_DISABLED,
          StreamsConfig.producerPrefix("batch.size"),
          128 * 1024));

  private final Map<String, Object> settings;

  Pace(Map<String, Object> settings) {
    this.settings = settings;
  }

  /** Returns its settings of Kafka Streams. */
  Map<String, Object> settings() {
    return settings;
  }
}
