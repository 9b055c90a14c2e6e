package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.serde.Json;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** Lets the ticks of a partition's broadcasts through, as they were on {@code ticks}. */
public final class BroadcastTicks implements Processor<String, byte[], String, byte[]> {
  private ProcessorContext<String, byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private BroadcastTicks() {}

  /** Returns the supplier of this processor. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier() {
    return BroadcastTicks::new;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Tick tick = Json.read(record.value(), Broadcast.class).tick();
    if (tick != null) {
      context.forward(record.withValue(Json.write(tick)));
    }
  }
}
