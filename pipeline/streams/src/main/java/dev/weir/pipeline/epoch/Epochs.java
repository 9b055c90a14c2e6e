package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.pipeline.state.Counters;
import org.apache.kafka.streams.Topology;

/** The two processors of the task that sees all partitions; they share their stores. */
public final class Epochs {
  /** Name of the sink that the end of an epoch forwards signals to. */
  public static final String SIGNALS = EpochEnd.SIGNALS;

  /** Name of the sink that the end of an epoch forwards training requests to. */
  public static final String REQUESTS = EpochEnd.REQUESTS;

  /** Name of the sink that answers to orders are forwarded to. */
  public static final String ANSWERS = EpochEnd.ANSWERS;

  /** Name of the sink that entries for the ledger are forwarded to. */
  public static final String LEDGER_ENTRIES = EpochEnd.LEDGER_ENTRIES;

  /** Name of the store with the counters of alarms and of the trigger's decisions. */
  public static final String COUNTS = EpochEnd.COUNTS;

  private final ModelSpec spec;
  private final TopicNames names;
  private final SpecGeneration generation;
  private final int partitions;

  /**
   * Creates the processors of one topology.
   *
   * @param generation the spec among those of the model
   * @param partitions how many partitions must end an epoch
   */
  public Epochs(ModelSpec spec, TopicNames names, SpecGeneration generation, int partitions) {
    this.spec = spec;
    this.generation = generation;
    this.names = names;
    this.partitions = partitions;
  }

  /** Adds what takes ticks, deployments, references, candidates and audits, and broadcasts. */
  public void addCoordinator(Topology topology, String name, String... parents) {
    topology.addProcessor(name, () -> new EpochCoordinator(spec, names, generation), parents);
  }

  /**
   * Adds what takes the records of {@code watch}, and orders, and forwards signals, requests,
   * answers and entries for the ledger.
   *
   * @param coordinator name of the coordinator, which was added before
   */
  public void addEnd(Topology topology, String name, String coordinator, String... parents) {
    topology.addProcessor(name, () -> new EpochEnd(spec, names, generation, partitions), parents);
    // In one call: a store that each supplier brings along would be another store in another task.
    topology.addStateStore(EpochState.store(), coordinator, name);
    topology.addStateStore(EpochInbox.store(), coordinator, name);
    topology.addStateStore(Counters.store(COUNTS), name);
  }
}
