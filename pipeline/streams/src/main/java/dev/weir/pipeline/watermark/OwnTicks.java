package dev.weir.pipeline.watermark;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/** Lets one model's ticks through: all models share a topic, and each has its own event time. */
public final class OwnTicks implements Processor<String, byte[], String, byte[]> {
  private final String model;
  private ProcessorContext<String, byte[]> context;

  @SuppressWarnings("NullAway.Init")
  private OwnTicks(String model) {
    this.model = model;
  }

  /** Returns the supplier of this processor. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(String model) {
    return () -> new OwnTicks(model);
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
  }

  @Override
  public void process(Record<String, byte[]> record) {
    if (model.equals(record.key())) {
      context.forward(record);
    }
  }
}
