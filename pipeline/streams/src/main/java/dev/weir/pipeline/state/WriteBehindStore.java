package dev.weir.pipeline.state;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/*
 * What changes with each record (a counter, a tally) would be serialized and sent to its changelog
 * each time. Kafka Streams' own caching spares the changelog, but not the serialization, and its
 * bookkeeping costs as much again. Here what was put waits as an object and becomes bytes once:
 *
 *   put ──► waiting, as objects ──at commit──► store in memory or on disk ──► changelog
 *
 * Nothing is lost by that: before it commits a transaction, Kafka Streams flushes the caches of its
 * stores, then its producer. Where the transaction is aborted the store is closed, and may be opened
 * again: without what waited. The class by which Kafka Streams knows a cache is internal to it; there
 * is no public one.
 */

/**
 * A store, with a changelog, for what changes with each record; it is written once per commit, or
 * when very many entries wait. Written by its task's thread; another thread may {@link #get} and,
 * where keys are few, go through {@link #all}, and sees what waits, too.
 */
public final class WriteBehindStore<K, V> extends WrappedStateStore<KeyValueStore<K, V>, K, V>
    implements KeyValueStore<K, V> {
  /** Twice what a busy task puts between two commits; more than that is written before. */
  private static final int MOST_WAITING = 5_000;

  /** By key; null for what is to be deleted. */
  private final Map<K, @Nullable V> waiting = new LinkedHashMap<>();

  private WriteBehindStore(KeyValueStore<K, V> store) {
    super(store);
  }

  /** Returns the builder of such a store in memory. */
  public static <K, V> StoreBuilder<KeyValueStore<K, V>> builder(
      String name, Serde<K> keys, Serde<V> values) {
    return builder(Stores.inMemoryKeyValueStore(name), keys, values);
  }

  /** Returns the builder of such a store over another one. */
  public static <K, V> StoreBuilder<KeyValueStore<K, V>> builder(
      KeyValueBytesStoreSupplier bytes, Serde<K> keys, Serde<V> values) {
    return new Builder<>(Stores.keyValueStoreBuilder(bytes, keys, values));
  }

  @Override
  public synchronized void put(K key, @Nullable V value) {
    waiting.put(key, value);
    if (waiting.size() >= MOST_WAITING) {
      flushCache();
    }
  }

  @Override
  public synchronized @Nullable V putIfAbsent(K key, V value) {
    V before = get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public synchronized void putAll(List<KeyValue<K, V>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public synchronized @Nullable V delete(K key) {
    V before = get(key);
    if (before != null) {
      put(key, null);
    }
    return before;
  }

  @Override
  public synchronized @Nullable V get(K key) {
    V value = waiting.get(key);
    return value != null || waiting.containsKey(key) ? value : wrapped().get(key);
  }

  /** Returns what there is now, in no particular order. */
  @Override
  public synchronized KeyValueIterator<K, V> all() {
    Map<K, V> all = new LinkedHashMap<>();
    try (KeyValueIterator<K, V> written = wrapped().all()) {
      written.forEachRemaining(entry -> all.put(entry.key, entry.value));
    }
    waiting.forEach(
        (key, value) -> {
          if (value == null) {
            all.remove(key);
          } else {
            all.put(key, value);
          }
        });
    List<KeyValue<K, V>> entries = new ArrayList<>();
    all.forEach((key, value) -> entries.add(KeyValue.pair(key, value)));
    return new Snapshot<>(entries.iterator());
  }

  /** For the task's thread only, as are all that follow an order: what waits is written first. */
  @Override
  public KeyValueIterator<K, V> range(@Nullable K from, @Nullable K to) {
    flushCache();
    return wrapped().range(from, to);
  }

  @Override
  public KeyValueIterator<K, V> reverseRange(K from, K to) {
    flushCache();
    return wrapped().reverseRange(from, to);
  }

  @Override
  public KeyValueIterator<K, V> reverseAll() {
    flushCache();
    return wrapped().reverseAll();
  }

  @Override
  public <S extends Serializer<P>, P> KeyValueIterator<K, V> prefixScan(P prefix, S serializer) {
    flushCache();
    return wrapped().prefixScan(prefix, serializer);
  }

  @Override
  public synchronized long approximateNumEntries() {
    return wrapped().approximateNumEntries() + waiting.size();
  }

  /** Nobody downstream listens to this store. */
  @Override
  public boolean setFlushListener(CacheFlushListener<K, V> listener, boolean sendOldValues) {
    return false;
  }

  /** Writes what waits, all at once, as a store on disk likes it; called before each commit. */
  @Override
  public synchronized void flushCache() {
    List<KeyValue<K, V>> entries = new ArrayList<>(waiting.size());
    waiting.forEach((key, value) -> entries.add(KeyValue.pair(key, value)));
    wrapped().putAll(entries);
    waiting.clear();
  }

  @Override
  public synchronized void clearCache() {
    waiting.clear();
  }

  /** What still waits belongs to a transaction that was aborted: else it was written before. */
  @Override
  public void close() {
    clearCache();
    super.close();
  }

  private record Snapshot<K, V>(Iterator<KeyValue<K, V>> entries)
      implements KeyValueIterator<K, V> {
    @Override
    public void close() {}

    @Override
    public K peekNextKey() {
      throw new UnsupportedOperationException("a snapshot is gone through once, without peeking");
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public KeyValue<K, V> next() {
      return entries.next();
    }
  }

  private record Builder<K, V>(StoreBuilder<KeyValueStore<K, V>> inner)
      implements StoreBuilder<KeyValueStore<K, V>> {
    @Override
    public StoreBuilder<KeyValueStore<K, V>> withCachingEnabled() {
      throw new UnsupportedOperationException("this store is a cache");
    }

    @Override
    public StoreBuilder<KeyValueStore<K, V>> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<KeyValueStore<K, V>> withLoggingEnabled(Map<String, String> config) {
      return new Builder<>(inner.withLoggingEnabled(config));
    }

    @Override
    public StoreBuilder<KeyValueStore<K, V>> withLoggingDisabled() {
      return new Builder<>(inner.withLoggingDisabled());
    }

    @Override
    public KeyValueStore<K, V> build() {
      return new WriteBehindStore<>(inner.build());
    }

    @Override
    public Map<String, String> logConfig() {
      return inner.logConfig();
    }

    @Override
    public boolean loggingEnabled() {
      return inner.loggingEnabled();
    }

    @Override
    public String name() {
      return inner.name();
    }
  }
}
