package dev.weir.pipeline.watch;

import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.epoch.WatchKind;
import dev.weir.pipeline.epoch.WatchedOutcome;
import dev.weir.pipeline.monitor.Watched;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** Sends the outcomes of what decided, not of what only watched, on to the monitors. */
public final class OutcomeWatch implements Processor<String, byte[], String, byte[]> {
  private ProcessorContext<String, byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private OutcomeWatch() {}

  /** Returns the supplier of this processor. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier() {
    return OutcomeWatch::new;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Outcome outcome = Json.read(record.value(), Outcome.class);
    if (outcome.prediction().role() == ServingRole.CHAMPION) {
      WatchedOutcome watched =
          new WatchedOutcome(context.taskId().partition(), Watched.of(outcome));
      context.forward(
          new Record<>(WatchKind.OUTCOME.key(), Json.write(watched), record.timestamp()));
    }
  }
}
