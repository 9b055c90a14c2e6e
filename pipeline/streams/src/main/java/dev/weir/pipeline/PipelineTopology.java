package dev.weir.pipeline;

import dev.weir.contracts.control.CutOver;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.epoch.BroadcastTicks;
import dev.weir.pipeline.epoch.Epochs;
import dev.weir.pipeline.epoch.EveryPartition;
import dev.weir.pipeline.join.EventJoin;
import dev.weir.pipeline.watch.OutcomeWatch;
import dev.weir.pipeline.watch.PartitionWatch;
import dev.weir.pipeline.watermark.AnnouncedTicks;
import dev.weir.pipeline.watermark.OwnTicks;
import dev.weir.pipeline.watermark.ProgressReporter;
import dev.weir.pipeline.watermark.WatermarkRules;
import dev.weir.pipeline.watermark.WatermarkTicks;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/**
 * The topology of one model, in the order in which data flows. Three parts, which meet in topics:
 * ingest, with as many tasks as the user's topics have partitions; joins and watches, one task per
 * partition; and one task that sees all partitions, with the ticks, the monitors and the trigger.
 */
public final class PipelineTopology {
  private static final Serdes.StringSerde STRING = new Serdes.StringSerde();
  private static final Serdes.ByteArraySerde BYTES = new Serdes.ByteArraySerde();

  /** Records of a free run may come out of order by this part of {@code labelWithin}. */
  private static final int DISORDER = 10;

  private static final String OWN_TICKS = "own-ticks";
  private static final String PARTITION_TICKS = "partition-ticks";
  private static final String EPOCH_COORDINATOR = "epoch-coordinator";
  private static final String JOIN = "event-join";
  private static final String WATCH = "watch-sink";

  private final ModelSpec spec;
  private final TopicNames names;
  private final SpecGeneration generation;
  private final int partitions;
  private final Duration disorder;
  private final Epochs epochs;
  private final Topology topology = new Topology();

  private PipelineTopology(
      ModelSpec spec,
      TopicNames names,
      SpecGeneration generation,
      int partitions,
      Duration disorder) {
    this.spec = spec;
    this.generation = generation;
    this.names = names;
    this.partitions = partitions;
    this.disorder = disorder;
    this.epochs = new Epochs(spec, names, generation, partitions);
  }

  /** Returns the topology with one partition where a driver writes the ticks. */
  public static Topology of(ModelSpec spec, TopicNames names, Clock clock) {
    return of(spec, names, 1, clock);
  }

  /**
   * Returns the topology of {@code spec} where a driver writes the ticks.
   *
   * @param partitions partitions of each topic that is partitioned by event id
   * @param clock judges what lies too far ahead
   */
  public static Topology of(ModelSpec spec, TopicNames names, int partitions, Clock clock) {
    return of(spec, names, SpecGeneration.first(spec), partitions, clock);
  }

  /**
   * Returns the topology of one of the specs of a model, where a driver writes the ticks.
   *
   * @param names the names of this spec's topics
   * @param generation the spec among those of the model
   */
  public static Topology of(
      ModelSpec spec, TopicNames names, SpecGeneration generation, int partitions, Clock clock) {
    return new PipelineTopology(spec, names, generation, partitions, Duration.ZERO).build(clock);
  }

  /**
   * Returns the topology of {@code spec} that writes its ticks itself, by watermark, and waits for
   * labels and rows that come out of order by up to a tenth of {@code labelWithin}.
   *
   * @param partitions partitions of each topic that is partitioned by event id
   * @param clock judges what lies too far ahead and gives wall time
   */
  public static Topology free(
      ModelSpec spec, TopicNames names, int partitions, Clock clock, WatermarkRules rules) {
    return free(spec, names, SpecGeneration.first(spec), partitions, clock, rules);
  }

  /**
   * Returns the topology of one of the specs of a model that writes its ticks itself.
   *
   * @param names the names of this spec's topics
   * @param generation the spec among those of the model
   */
  public static Topology free(
      ModelSpec spec,
      TopicNames names,
      SpecGeneration generation,
      int partitions,
      Clock clock,
      WatermarkRules rules) {
    Duration disorder = spec.events().labelWithin().dividedBy(DISORDER);
    PipelineTopology pipeline = new PipelineTopology(spec, names, generation, partitions, disorder);
    pipeline.build(clock);
    pipeline.watermark(clock, rules);
    pipeline.announceTicks();
    return pipeline.topology;
  }

  /** A later spec has ticks of its own; once it is live, they are those of the model, too. */
  private void announceTicks() {
    CutOver from = generation.from();
    if (from == null || !generation.isLive()) {
      return;
    }
    topology.addProcessor("announced-ticks", AnnouncedTicks.supplier(from.tick()), OWN_TICKS);
    topology.addSink(
        "announced-ticks-sink",
        Topics.TICKS.name(names.prefix(), names.model()),
        STRING.serializer(),
        BYTES.serializer(),
        "announced-ticks");
  }

  private void watermark(Clock clock, WatermarkRules rules) {
    topology.addProcessor(
        "progress",
        ProgressReporter.supplier(names, clock, rules),
        from(Topics.ROWS),
        from(Topics.LABELS));
    sink("progress-sink", Topics.WATCH, "progress");
    topology.addProcessor(
        "watermark",
        WatermarkTicks.supplier(spec, names, partitions, clock, rules),
        from(Topics.WATCH),
        OWN_TICKS);
    sink("ticks-sink", Topics.TICKS, "watermark");
  }

  private Topology build(Clock clock) {
    ticks();
    IngestTopology.addTo(topology, spec, names, generation, clock, OWN_TICKS);
    broadcast();
    joins();
    watch();
    monitorsAndTrigger();
    return topology;
  }

  private void ticks() {
    source(Topics.TICKS);
    topology.addProcessor(OWN_TICKS, OwnTicks.supplier(spec.model()), from(Topics.TICKS));
  }

  private void broadcast() {
    source(Topics.DEPLOYMENTS);
    source(Topics.REFERENCES);
    source(Topics.CANDIDATES);
    source(Topics.AUDITS);
    epochs.addCoordinator(
        topology,
        EPOCH_COORDINATOR,
        OWN_TICKS,
        from(Topics.DEPLOYMENTS),
        from(Topics.REFERENCES),
        from(Topics.CANDIDATES),
        from(Topics.AUDITS));
    topology.addSink(
        "broadcast-sink",
        names.of(Topics.BROADCAST),
        STRING.serializer(),
        BYTES.serializer(),
        new EveryPartition(),
        EPOCH_COORDINATOR);
    source(Topics.BROADCAST);
    topology.addProcessor(PARTITION_TICKS, BroadcastTicks.supplier(), from(Topics.BROADCAST));
  }

  private void joins() {
    source(Topics.ROWS);
    source(Topics.LABELS);
    source(Topics.PREDICTIONS);
    List<String> inputs = new ArrayList<>();
    inputs.addAll(List.of(from(Topics.ROWS), from(Topics.LABELS), from(Topics.PREDICTIONS)));
    if (spec.events().erasures() != null) {
      source(Topics.ERASURES);
      inputs.add(from(Topics.ERASURES));
    }
    inputs.add(PARTITION_TICKS);
    topology.addProcessor(
        JOIN, EventJoin.supplier(spec, names, disorder), inputs.toArray(String[]::new));
    sink(EventJoin.EXAMPLES, Topics.EXAMPLES, JOIN);
    sink(EventJoin.OUTCOMES, Topics.OUTCOMES, JOIN);
    if (EventJoin.dependsOnDecisions(spec)) {
      sink(EventJoin.UNOBSERVED, Topics.UNOBSERVED, JOIN);
    }
  }

  /** A partition's watch ends an epoch after the joins have, so it comes after them. */
  private void watch() {
    topology.addProcessor(EventJoin.OUTCOME_WATCH, OutcomeWatch.supplier(), JOIN);
    source(Topics.EXAMPLES);
    topology.addProcessor(
        "partition-watch",
        PartitionWatch.supplier(spec, names),
        from(Topics.ROWS),
        from(Topics.PREDICTIONS),
        from(Topics.EXAMPLES),
        from(Topics.BROADCAST));
    sink(WATCH, Topics.WATCH, EventJoin.OUTCOME_WATCH, "partition-watch");
  }

  private void monitorsAndTrigger() {
    source(Topics.WATCH);
    source(Topics.TRAINING_ORDERS);
    epochs.addEnd(
        topology, "epoch-end", EPOCH_COORDINATOR, from(Topics.WATCH), from(Topics.TRAINING_ORDERS));
    sink(Epochs.SIGNALS, Topics.SIGNALS, "epoch-end");
    sink(Epochs.REQUESTS, Topics.TRAINING_REQUESTS, "epoch-end");
    sink(Epochs.ANSWERS, Topics.ORDER_ANSWERS, "epoch-end");
    sink(Epochs.LEDGER_ENTRIES, Topics.LEDGER_ENTRIES, "epoch-end");
  }

  private void source(Topics topic) {
    topology.addSource(from(topic), STRING.deserializer(), BYTES.deserializer(), names.of(topic));
  }

  private void sink(String name, Topics topic, String... parents) {
    topology.addSink(name, names.of(topic), STRING.serializer(), BYTES.serializer(), parents);
  }

  private static String from(Topics topic) {
    return "from-" + topic.name();
  }
}
