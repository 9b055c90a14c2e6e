package dev.weir.pipeline.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/*
 * Keys are ordered bytes, so that one range scan gives one scope's entries of a span of time:
 *
 *   scope (UTF-8) | 0 | time (8 bytes, big endian, sign flipped) | id (UTF-8)
 */

/** Values by scope, time and id in one ordered store; not thread-safe, as the store it is on. */
public final class Timeline {
  private final KeyValueStore<byte[], byte[]> store;

  /** Creates a timeline on a task's store. */
  public Timeline(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  /** Returns the builder of such a store. */
  public static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray());
  }

  /** Puts a value. */
  public void put(String scope, long time, String id, byte[] value) {
    store.put(key(scope, time, id), value);
  }

  /** Removes a value, if it is there. */
  public void remove(String scope, long time, String id) {
    store.delete(key(scope, time, id));
  }

  /** Hands over each entry with {@code from ≤ time < to}, in the order of time and id. */
  public void scan(String scope, long from, long to, BiConsumer<Long, byte[]> sink) {
    if (from >= to) {
      return;
    }
    byte[] end = key(scope, to, "");
    int head = headOf(scope);
    try (KeyValueIterator<byte[], byte[]> entries = store.range(key(scope, from, ""), end)) {
      while (entries.hasNext()) {
        KeyValue<byte[], byte[]> entry = entries.next();
        long time = time(entry.key, head);
        if (time < to) {
          sink.accept(time, entry.value);
        }
      }
    }
  }

  /** Removes each entry with {@code time < to} and returns the ids, in the order of time. */
  public List<String> removeBefore(String scope, long to) {
    List<byte[]> keys = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    int head = headOf(scope);
    int id = head + Long.BYTES;
    try (KeyValueIterator<byte[], byte[]> entries =
        store.range(key(scope, Long.MIN_VALUE, ""), key(scope, to, ""))) {
      while (entries.hasNext()) {
        byte[] key = entries.next().key;
        if (time(key, head) < to) {
          keys.add(key);
          ids.add(new String(key, id, key.length - id, StandardCharsets.UTF_8));
        }
      }
    }
    keys.forEach(store::delete);
    return ids;
  }

  private static byte[] key(String scope, long time, String id) {
    byte[] scopeBytes = scope.getBytes(StandardCharsets.UTF_8);
    byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(scopeBytes.length + 1 + Long.BYTES + idBytes.length)
        .put(scopeBytes)
        .put((byte) 0)
        .putLong(time ^ Long.MIN_VALUE)
        .put(idBytes)
        .array();
  }

  private static int headOf(String scope) {
    return scope.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private static long time(byte[] key, int head) {
    return ByteBuffer.wrap(key).getLong(head) ^ Long.MIN_VALUE;
  }
}
