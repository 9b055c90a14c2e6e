package dev.weir.pipeline.watermark;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.serde.Json;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets the ticks of the spec that decides through to the ticks of the model, from its cut-over on.
 * The model's ticks go on where the former spec left them: later in time, larger in number.
 */
public final class AnnouncedTicks implements Processor<String, byte[], String, byte[]> {
  private final Tick last;
  private ProcessorContext<String, byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private AnnouncedTicks(Tick last) {
    this.last = last;
  }

  /**
   * Returns the supplier of this processor.
   *
   * @param last the model's last tick before the cut-over
   */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(Tick last) {
    return () -> new AnnouncedTicks(last);
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
  }

  @Override
  public void process(Record<String, byte[]> record) {
    Tick own = Json.read(record.value(), Tick.class);
    if (own.time().isAfter(last.time())) {
      Tick tick = new Tick(last.number() + own.number(), own.time());
      context.forward(record.withValue(Json.write(tick)));
    }
  }
}
