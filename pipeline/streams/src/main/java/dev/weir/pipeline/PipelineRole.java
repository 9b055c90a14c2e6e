package dev.weir.pipeline;

import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.loop.Progress;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.pipeline.watermark.WatermarkRules;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipeline of one model as a running role: exactly-once Kafka Streams. */
public final class PipelineRole implements Progress, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PipelineRole.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  private final ModelSpec spec;
  private final TopicNames names;
  private final int generation;
  private final PipelineInstance instance;
  private final PipelineTopics topics;
  private final KafkaStreams streams;
  private final PipelineCounts counts;
  private final Recovery recovery = new Recovery();
  private final OutageSeries outages = new OutageSeries();
  private final Map<TopicPartition, Long> earlier = new HashMap<>();
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * Creates the only instance of the role, with one partition, where a driver writes the ticks;
   * {@link #start()} starts it.
   *
   * @param spec the model
   * @param names the names of its topics; all must exist, the user's with any partitions
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param stateDirectory where stores are kept, not the temporary directory
   * @param clock judges what lies too far ahead
   */
  public PipelineRole(
      ModelSpec spec,
      TopicNames names,
      Map<String, Object> client,
      Path stateDirectory,
      Clock clock) {
    this(spec, names, PipelineInstance.only(client, stateDirectory), clock);
  }

  /** Creates one instance of the role, not started, where a driver writes the ticks. */
  public PipelineRole(ModelSpec spec, TopicNames names, PipelineInstance instance, Clock clock) {
    this(
        spec,
        names,
        1,
        instance,
        PipelineTopology.of(spec, names, instance.partitions(), clock),
        Pace.DRIVEN);
  }

  /**
   * Returns the only instance, not started, with one partition, that writes its ticks itself; the
   * clock gives wall time too.
   */
  public static PipelineRole free(
      ModelSpec spec,
      TopicNames names,
      Map<String, Object> client,
      Path stateDirectory,
      Clock clock,
      WatermarkRules rules) {
    return free(spec, names, PipelineInstance.only(client, stateDirectory), clock, rules);
  }

  /** Returns one instance of the role, not started; together they write their ticks themselves. */
  public static PipelineRole free(
      ModelSpec spec,
      TopicNames names,
      PipelineInstance instance,
      Clock clock,
      WatermarkRules rules) {
    return free(spec, names, SpecGeneration.first(spec), instance, clock, rules);
  }

  /**
   * Returns one instance of the role for one of the specs of a model, not started.
   *
   * @param ofModel the names of the model's topics
   * @param generation the spec among those of the model
   */
  public static PipelineRole free(
      ModelSpec spec,
      TopicNames ofModel,
      SpecGeneration generation,
      PipelineInstance instance,
      Clock clock,
      WatermarkRules rules) {
    TopicNames names = generation.names(ofModel);
    return new PipelineRole(
        spec,
        names,
        generation.number(),
        instance,
        PipelineTopology.free(spec, names, generation, instance.partitions(), clock, rules),
        Pace.FREE);
  }

  private PipelineRole(
      ModelSpec spec,
      TopicNames names,
      int generation,
      PipelineInstance instance,
      Topology topology,
      Pace pace) {
    this.spec = spec;
    this.names = names;
    this.generation = generation;
    this.instance = instance;
    this.topics = new PipelineTopics(spec, names);
    this.streams = new KafkaStreams(topology, instance.settings(name(), pace));
    this.counts = new PipelineCounts(spec, streams);
    streams.setGlobalStateRestoreListener(recovery);
    streams.setStateListener(recovery);
    streams.setUncaughtExceptionHandler(
        e -> {
          if (outages.isWaitedOut(e, System.nanoTime())) {
            log.warn("broker away, a thread of the pipeline begins again", e);
            return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
          }
          Throwable reason = StopReason.of(e, instance.stateDirectory());
          failure = Optional.of(reason);
          log.error("pipeline stopped", reason);
          return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
  }

  /**
   * Starts the role.
   *
   * @throws IllegalStateException if a topic is missing or has another number of partitions than it
   *     needs, or the cluster cannot be asked
   */
  public void start() throws InterruptedException {
    try (Admin admin = Admin.create(instance.client())) {
      admin.describeTopics(userTopics()).allTopicNames().get();
      new TopicLayout(names, instance.partitions()).require(admin, topics.own());
      admin
          .listConsumerGroupOffsets(name())
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> earlier.put(partition, offset.offset()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster cannot be asked", e.getCause());
    }
    streams.start();
  }

  /** Returns the user's topics that it reads. */
  public Set<String> userTopics() {
    return spec.events().topics();
  }

  /** Returns every topic that the role follows. */
  public Set<String> topics() {
    return topics.all();
  }

  @Override
  public String name() {
    return name(spec.model(), generation);
  }

  /** Returns the name of the role, and of its consumer group, for a spec of a model. */
  public static String name(String model, int generation) {
    return "weir-pipeline-" + model + (generation == 1 ? "" : "-" + generation);
  }

  @Override
  public Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> committed = new HashMap<>(earlier);
    streams
        .metadataForLocalThreads()
        .forEach(
            thread ->
                thread
                    .activeTasks()
                    .forEach(
                        task ->
                            task.committedOffsets()
                                .forEach(
                                    (partition, offset) -> {
                                      if (offset >= 0) {
                                        committed.put(partition, offset);
                                      }
                                    })));
    return committed;
  }

  /** Returns what stopped the role, if it stopped by itself. */
  public Optional<Throwable> failure() {
    return failure;
  }

  /** Returns whether the role runs and its stores can be asked. */
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /**
   * Returns how long this instance last took to work again, after its start or a rebalance; empty
   * before it first works.
   */
  public Optional<Duration> lastRecovery() {
    return recovery.last();
  }

  /**
   * Returns all counters of this instance's tasks by name; a name that never counted is absent. A
   * model's counters are the sums over its instances.
   */
  public Map<String, Long> counts() {
    return counts.now();
  }

  /** Returns the counters; those last seen while the stores cannot be asked. */
  public Map<String, Long> lastCounts() {
    return counts.lastSeen();
  }

  /**
   * Ends this instance for good, or for another topology: unlike {@link #close()}, its partitions
   * do not wait for it. When all instances have left, the offsets of the group stand still.
   *
   * @throws IllegalStateException if it does not end in time, so that its offsets may still move
   */
  public void leave() {
    boolean isClosed =
        streams.close(
            CloseOptions.timeout(CLOSE_WITHIN)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    if (!isClosed) {
      throw new IllegalStateException(name() + " did not end within " + CLOSE_WITHIN);
    }
  }

  @Override
  public void close() {
    streams.close(CLOSE_WITHIN);
  }
}
