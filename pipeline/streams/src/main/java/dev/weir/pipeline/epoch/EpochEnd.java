package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.monitor.Monitors;
import dev.weir.pipeline.trigger.ExampleHistory;
import dev.weir.pipeline.trigger.Trigger;
import dev.weir.pipeline.trigger.TriggerState;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

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
  /** Where signals are forwarded to. */
  static final String SIGNALS = "signals-sink";

  /** Where training requests are forwarded to. */
  static final String REQUESTS = "requests-sink";

  private static final String TRIGGER = "trigger";
  private static final String HISTORY = "history";

  private final ModelSpec spec;
  private final TopicNames names;
  private final int partitions;
  private ProcessorContext<String, byte[]> context;
  private EpochState state;
  private EpochInbox inbox;
  private HostedMonitors monitors;
  private ExampleHistory history;
  private Trigger trigger;

  @SuppressWarnings("NullAway.Init")
  EpochEnd(ModelSpec spec, TopicNames names, int partitions) {
    this.spec = spec;
    this.names = names;
    this.partitions = partitions;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.state = new EpochState(context.getStateStore(EpochState.STORE));
    this.inbox = new EpochInbox(context.getStateStore(EpochInbox.STORE));
    this.monitors = new HostedMonitors(Monitors.of(spec), state);
    this.history =
        new ExampleHistory(names.of(Topics.EXAMPLES), Trigger.longestWindow(spec), state.journal());
    this.trigger = new Trigger(spec, history);
    byte[] kept = state.get(HISTORY);
    if (kept != null) {
      history.restore(Json.read(kept, ExampleHistory.Totals.class), state.keptExamples());
    }
    byte[] remembered = state.get(TRIGGER);
    if (remembered != null) {
      trigger.restore(Json.read(remembered, TriggerState.class));
    }
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (WatchKind.OUTCOME.key().equals(record.key())) {
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

  private boolean isEnded(long epoch) {
    for (int partition = 0; partition < partitions; partition++) {
      if (state.reported(partition) < epoch) {
        return false;
      }
    }
    return true;
  }

  private void end(long epoch) {
    EpochContents contents = new EpochContents(trigger, monitors);
    inbox.take(epoch, contents);
    Instant now = contents.finish().time();
    trigger.examples(epoch, contents.examples());
    for (Signal signal : monitors.tick(now)) {
      forward(SIGNALS, Json.write(signal), signal.eventTime());
      trigger.signal(signal);
    }
    trigger
        .decide(now)
        .ifPresent(request -> forward(REQUESTS, Json.write(request), request.requestedAt()));
    state.put(TRIGGER, Json.write(trigger.state()));
    state.put(HISTORY, Json.write(history.totals()));
    state.end(epoch);
  }

  private void forward(String child, byte[] value, Instant time) {
    context.forward(new Record<>(spec.model(), value, time.toEpochMilli()), child);
  }
}
