package dev.weir.pipeline.state;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Counts by name, exact under exactly-once and over restarts; one per task. */
public final class Counters {
  private final KeyValueStore<String, Long> store;

  /** Creates counters on a task's store. */
  public Counters(KeyValueStore<String, Long> store) {
    this.store = store;
  }

  /** Returns the builder of such a store. */
  public static StoreBuilder<KeyValueStore<String, Long>> store(String name) {
    return WriteBehindStore.builder(name, Serdes.String(), Serdes.Long());
  }

  /** Counts one. */
  public void add(Count count) {
    add(count.key());
  }

  /** Counts one, by its reason too. */
  public void add(Count count, String reason) {
    add(count.key());
    addAs(count, reason);
  }

  /** Counts one, by its reason only. */
  public void addAs(Count count, String reason) {
    add(count.key(reason));
  }

  private void add(String key) {
    Long before = store.get(key);
    store.put(key, before == null ? 1 : before + 1);
  }
}
