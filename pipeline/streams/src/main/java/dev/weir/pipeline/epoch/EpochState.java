package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.trigger.EpochExamples;
import dev.weir.pipeline.trigger.ExampleHistory;
import java.nio.ByteBuffer;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** What outlives a restart of the task that sees all partitions; not thread-safe. */
final class EpochState {
  static final String STORE = "epoch-state";

  private static final String EPOCHS = "epochs";
  private static final String SEQUENCE = "sequence";
  private static final String ENDED = "ended";
  private static final String CHAMPION = "champion";
  private static final String REFERENCE = "reference/";
  private static final String REPORTED = "reported/";
  private static final String EXAMPLES = "examples/";
  private static final String ORDERS = "orders/";

  private final KeyValueStore<String, byte[]> store;

  EpochState(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray());
  }

  /** Returns the epoch under way, which the next tick ends. */
  long open() {
    return 1 + number(EPOCHS);
  }

  void close(long epoch) {
    put(EPOCHS, epoch);
  }

  /** Returns a number that is larger than at each earlier call. */
  long nextSequence() {
    long next = number(SEQUENCE) + 1;
    put(SEQUENCE, next);
    return next;
  }

  /** Returns the last epoch that was handed to monitors and trigger; 0 for none. */
  long ended() {
    return number(ENDED);
  }

  void end(long epoch) {
    put(ENDED, epoch);
  }

  /** Returns the last epoch that a partition has ended; 0 for none. */
  long reported(int partition) {
    return number(REPORTED + partition);
  }

  void report(int partition, long epoch) {
    put(REPORTED + partition, epoch);
  }

  /** Returns the version that decides; 0 before there is one. */
  int champion() {
    return (int) number(CHAMPION);
  }

  /** Takes a champion; profiles of versions before both are no longer kept. */
  void champion(int version) {
    int former = champion();
    put(CHAMPION, version);
    for (int old = Math.min(former, version) - 1; old > 0; old--) {
      if (store.delete(REFERENCE + old) == null) {
        break;
      }
    }
  }

  byte @Nullable [] reference(int version) {
    return store.get(REFERENCE + version);
  }

  void reference(String version, byte[] profile) {
    store.put(REFERENCE + version, profile);
  }

  /** Returns what was put under a name; null where nothing was. */
  byte @Nullable [] get(String name) {
    return store.get("state/" + name);
  }

  void put(String name, byte[] value) {
    store.put("state/" + name, value);
  }

  void examples(long epoch, EpochExamples examples) {
    store.put(EXAMPLES + epoch, Json.write(examples));
  }

  void deleteExamples(long epoch) {
    store.delete(EXAMPLES + epoch);
  }

  /** Returns a journal on this state. */
  ExampleHistory.Journal journal() {
    return new ExampleHistory.Journal() {
      @Override
      public void put(long epoch, EpochExamples examples) {
        examples(epoch, examples);
      }

      @Override
      public void delete(long epoch) {
        deleteExamples(epoch);
      }
    };
  }

  /** Returns the examples of all epochs that are kept. */
  SortedMap<Long, EpochExamples> keptExamples() {
    return kept(EXAMPLES, EpochExamples.class);
  }

  void order(long number, OrderAnswer answer) {
    store.put(ORDERS + number, Json.write(answer));
  }

  void deleteOrder(long number) {
    store.delete(ORDERS + number);
  }

  /** Returns the accepted orders that are kept. */
  SortedMap<Long, OrderAnswer> keptOrders() {
    return kept(ORDERS, OrderAnswer.class);
  }

  private <T> SortedMap<Long, T> kept(String prefix, Class<T> type) {
    SortedMap<Long, T> kept = new TreeMap<>();
    try (KeyValueIterator<String, byte[]> entries = store.range(prefix, prefix + '\uffff')) {
      entries.forEachRemaining(
          entry ->
              kept.put(
                  Long.parseLong(entry.key.substring(prefix.length())),
                  Json.read(entry.value, type)));
    }
    return kept;
  }

  private long number(String key) {
    byte[] bytes = store.get(key);
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).getLong();
  }

  private void put(String key, long number) {
    store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }
}
