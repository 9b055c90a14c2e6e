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

  /**
   * Hands over each entry with {@code from ≤ time < to}, the latest first and of one time the last
   * by id, as long as the visitor wants more.
   *
   * @param step the span that is looked through first, twice as long each time; the whole span at
   *     once where all entries are wanted
   */
  public void latestFirst(String scope, long from, long to, long step, Visitor visitor) {
    if (step < 1) {
      throw new IllegalArgumentException("step must be >= 1, was " + step);
    }
    long end = to;
    long span = step;
    while (end > from) {
      long start = Math.max(from, end - span);
      if (!visit(scope, start, end, visitor)) {
        return;
      }
      end = start;
      span *= 2;
    }
  }

  private boolean visit(String scope, long from, long to, Visitor visitor) {
    int head = headOf(scope);
    try (KeyValueIterator<byte[], byte[]> entries =
        store.reverseRange(key(scope, from, ""), key(scope, to, ""))) {
      while (entries.hasNext()) {
        KeyValue<byte[], byte[]> entry = entries.next();
        long time = time(entry.key, head);
        if (time >= from
            && time < to
            && !visitor.visit(new Entry(time, entry.key, head + Long.BYTES, entry.value))) {
          return false;
        }
      }
    }
    return true;
  }

  /** Looks at entries. */
  @FunctionalInterface
  public interface Visitor {
    /** Looks at one and returns whether another is wanted. */
    boolean visit(Entry entry);
  }

  /** One entry, valid while it is visited. */
  public static final class Entry {
    private final long time;
    private final byte[] key;
    private final int idAt;
    private final byte[] value;

    private Entry(long time, byte[] key, int idAt, byte[] value) {
      this.time = time;
      this.key = key;
      this.idAt = idAt;
      this.value = value;
    }

    /** Returns its time. */
    public long time() {
      return time;
    }

    /** Returns its id. */
    public String id() {
      return new String(key, idAt, key.length - idAt, StandardCharsets.UTF_8);
    }

    /** Returns its value, not a copy. */
    public byte[] value() {
      return value;
    }
  }

  /** Returns the ids with {@code from ≤ time < to}, in the order of time and id. */
  public List<String> ids(String scope, long from, long to) {
    List<String> ids = new ArrayList<>();
    if (from < to) {
      each(scope, from, to, (key, value) -> ids.add(id(key, headOf(scope))));
    }
    return ids;
  }

  /** Removes each entry with {@code time < to} and returns the ids, in the order of time. */
  public List<String> removeBefore(String scope, long to) {
    List<String> ids = new ArrayList<>();
    removeBefore(scope, to, (id, value) -> ids.add(id));
    return ids;
  }

  /** Removes each entry with {@code time < to} and hands over its id and value, by time. */
  public void removeBefore(String scope, long to, BiConsumer<String, byte[]> sink) {
    List<KeyValue<byte[], byte[]>> removed = new ArrayList<>();
    each(scope, Long.MIN_VALUE, to, (key, value) -> removed.add(KeyValue.pair(key, value)));
    for (KeyValue<byte[], byte[]> entry : removed) {
      store.delete(entry.key);
      sink.accept(id(entry.key, headOf(scope)), entry.value);
    }
  }

  private void each(String scope, long from, long to, BiConsumer<byte[], byte[]> sink) {
    int head = headOf(scope);
    try (KeyValueIterator<byte[], byte[]> entries =
        store.range(key(scope, from, ""), key(scope, to, ""))) {
      while (entries.hasNext()) {
        KeyValue<byte[], byte[]> entry = entries.next();
        if (time(entry.key, head) < to) {
          sink.accept(entry.key, entry.value);
        }
      }
    }
  }

  private static String id(byte[] key, int head) {
    int from = head + Long.BYTES;
    return new String(key, from, key.length - from, StandardCharsets.UTF_8);
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
