package dev.weir.pipeline.state;

import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * A processor and the stores that are its own.
 *
 * @param processor makes one processor for each task
 * @param stores builders of its stores
 */
public record WithStores<K, V, L, W>(
    Supplier<Processor<K, V, L, W>> processor, Set<StoreBuilder<?>> stores)
    implements ProcessorSupplier<K, V, L, W> {
  public WithStores {
    stores = Set.copyOf(stores);
  }

  @Override
  public Processor<K, V, L, W> get() {
    return processor.get();
  }
}
