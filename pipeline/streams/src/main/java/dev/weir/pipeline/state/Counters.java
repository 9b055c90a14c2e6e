package dev.weir.pipeline.state;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Counts by name, exact under exactly-once and over restarts; one per task. */
public final class Counters {
  private final KeyValueStore<String, Long> store;

  /** Creates counters on a task's store. */
  public Counters(KeyValueStore<String, Long> store) {
    this.store = store;
  }

  /** Returns the builder of such a store. */
  public static StoreBuilder<KeyValueStore<String, Long>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.Long());
  }

  /** Counts one. */
  public void add(String name) {
    Long count = store.get(name);
    store.put(name, count == null ? 1 : count + 1);
  }

  /** Returns a count. */
  public long get(String name) {
    Long count = store.get(name);
    return count == null ? 0 : count;
  }
}
