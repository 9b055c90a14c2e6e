package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.monitor.Monitors;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A barrier over the partitions (Chandy and Lamport's markers, as Apache Flink aligns them): each
 * partition says what it has to say of an epoch and then that it has ended it.
 *
 *   partition 0   o o   E1   o      E2
 *   partition 1   o     E1   o o o        ◄── epoch 2 waits for this one's E2
 *                       └ epoch 1 is taken: control events, tallies, outcomes by time, signals,
 *                         trigger
 *
 * Sums do not depend on the order and outcomes are sorted, so that the signals and requests of an
 * epoch depend on its records only, not on how many partitions they came through.
 */

/** Hosts all monitors and the trigger: they see an epoch once all partitions have ended it. */
final class EpochEnd implements Processor<String, byte[], String, byte[]> {
  private static final Logger log = LoggerFactory.getLogger(EpochEnd.class);

  /** Where signals are forwarded to. */
  static final String SIGNALS = "signals-sink";

  /** Where training requests are forwarded to. */
  static final String REQUESTS = "requests-sink";

  /** Where the answers to orders are forwarded to. */
  static final String ANSWERS = "answers-sink";

  /** Where what the ledger must remember is forwarded to. */
  static final String LEDGER_ENTRIES = "ledger-entries-sink";

  /** Name of the store with the counters of alarms and decisions. */
  static final String COUNTS = "epoch-counts";

  private final ModelSpec spec;
  private final TopicNames names;
  private final SpecGeneration generation;
  private final int partitions;
  private ProcessorContext<String, byte[]> context;
  private EpochState state;
  private EpochInbox inbox;
  private HostedMonitors monitors;
  private HostedTrigger trigger;
  private Counters counters;

  @SuppressWarnings("NullAway.Init")
  EpochEnd(ModelSpec spec, TopicNames names, SpecGeneration generation, int partitions) {
    this.spec = spec;
    this.generation = generation;
    this.names = names;
    this.partitions = partitions;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.state = new EpochState(context.getStateStore(EpochState.STORE));
    this.inbox = new EpochInbox(context.getStateStore(EpochInbox.STORE));
    this.counters = new Counters(context.getStateStore(COUNTS));
    this.monitors = new HostedMonitors(Monitors.of(spec), state);
    Decisions decisions = new Decisions(context, spec.model(), counters);
    this.trigger = new HostedTrigger(spec, generation, names, state, decisions);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(names.of(Topics.TRAINING_ORDERS))) {
      order(record);
    } else if (WatchKind.OUTCOME.key().equals(record.key())) {
      WatchedOutcome outcome = Json.read(record.value(), WatchedOutcome.class);
      inbox.put(state.reported(outcome.partition()) + 1, outcome.outcome());
    } else if (WatchKind.EPOCH.key().equals(record.key())) {
      EpochReport report = Json.read(record.value(), EpochReport.class);
      inbox.put(report);
      state.report(report.partition(), report.epoch());
      while (isEnded(state.ended() + 1)) {
        end(state.ended() + 1);
      }
    }
  }

  /** Anybody may write orders: one that cannot be read must not stop what decides on the rest. */
  private void order(Record<String, byte[]> record) {
    if (!generation.isLive()) {
      return; // The spec that decides answers.
    }
    TrainingOrder order;
    try {
      order = Json.read(record.value(), TrainingOrder.class);
    } catch (IllegalArgumentException e) {
      counters.add(Count.ORDERS_UNREADABLE);
      log.error("order unreadable topic={}", names.of(Topics.TRAINING_ORDERS), e);
      return;
    }
    trigger.order(order);
  }

  private boolean isEnded(long epoch) {
    for (int partition = 0; partition < partitions; partition++) {
      if (state.reported(partition) < epoch) {
        return false;
      }
    }
    return true;
  }

  private void end(long epoch) {
    EpochContents contents = new EpochContents(trigger.trigger(), monitors);
    inbox.take(epoch, contents);
    Instant now = contents.finish().time();
    trigger.examples(epoch, contents.examples());
    List<Signal> signals = monitors.tick(now);
    // Those of a model are the signals of the spec that decides.
    for (Signal signal : generation.isInShadow() ? List.<Signal>of() : signals) {
      byte[] value = Json.write(signal);
      context.forward(
          new Record<>(spec.model(), value, signal.eventTime().toEpochMilli()), SIGNALS);
      trigger.signal(signal);
      if (signal.isAlarm()) {
        counters.add(Count.ALARMS, signal.kind());
      }
    }
    trigger.tick(now);
    state.end(epoch);
  }
}
