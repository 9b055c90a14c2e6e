package dev.weir.pipeline.join;

import dev.weir.contracts.event.Erasure;
import dev.weir.contracts.event.Row;
import dev.weir.pipeline.state.Timeline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Which entities were erased, and which events each entity has. An erasure holds for the events of
 * its entity up to its time, whatever comes first: it is remembered until such events can no longer
 * come. Where the spec declares no erasures it keeps nothing.
 */
final class Erasures {
  static final String ENTITIES = "join-entities";
  static final String ERASED = "join-erased";

  private static final String SCOPE = "erased";
  private static final StringSerializer TEXT = new StringSerializer();

  private final @Nullable KeyValueStore<String, byte[]> entities;
  private final @Nullable KeyValueStore<String, byte[]> erased;
  private final Timeline times;
  private final Duration keep;

  /**
   * Creates the erasures.
   *
   * @param entities event times by entity and event id; null where nothing is ever erased
   * @param erased erasure times by entity; null where nothing is ever erased
   * @param keep how long after its event a row may still come
   */
  Erasures(
      @Nullable KeyValueStore<String, byte[]> entities,
      @Nullable KeyValueStore<String, byte[]> erased,
      Timeline times,
      Duration keep) {
    this.entities = entities;
    this.erased = erased;
    this.times = times;
    this.keep = keep;
  }

  /** Returns the builder of a store that is ordered by entity. */
  static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
  }

  /** Returns the entity under which an event must be found; null where nothing is ever erased. */
  @Nullable String entity(Row row) {
    return entities == null ? null : row.entityId();
  }

  /** Returns whether an event was erased before it came. */
  boolean covers(Row row) {
    byte[] time = erased == null ? null : erased.get(row.entityId());
    return time != null && row.eventTime().toEpochMilli() <= ByteBuffer.wrap(time).getLong();
  }

  void add(Row row) {
    if (entities != null) {
      entities.put(key(row.entityId(), row.eventId()), bytes(row.eventTime().toEpochMilli()));
    }
  }

  void remove(String entity, String id) {
    if (entities != null) {
      entities.delete(key(entity, id));
    }
  }

  /** Remembers an erasure, and returns the events that it removes, with their times. */
  Map<String, Instant> take(Erasure erasure) {
    Map<String, Instant> events = new TreeMap<>();
    if (entities == null || erased == null) {
      return events;
    }
    long time = erasure.time().toEpochMilli();
    String prefix = key(erasure.entityId(), "");
    try (KeyValueIterator<String, byte[]> found = entities.prefixScan(prefix, TEXT)) {
      while (found.hasNext()) {
        var entry = found.next();
        long eventTime = ByteBuffer.wrap(entry.value).getLong();
        if (eventTime <= time) {
          events.put(entry.key.substring(prefix.length()), Instant.ofEpochMilli(eventTime));
        }
      }
    }
    events.keySet().forEach(id -> remove(erasure.entityId(), id));
    remember(erased, erasure.entityId(), time);
    return events;
  }

  private void remember(KeyValueStore<String, byte[]> store, String entity, long time) {
    byte[] before = store.get(entity);
    if (before == null || ByteBuffer.wrap(before).getLong() < time) {
      store.put(entity, bytes(time));
      times.put(SCOPE, time, entity, new byte[0]);
    }
  }

  /** Forgets the erasures whose events can no longer come. */
  void forgetBefore(long now) {
    if (erased == null) {
      return;
    }
    long before = now - keep.toMillis();
    for (String entity : times.removeBefore(SCOPE, before)) {
      byte[] time = erased.get(entity);
      if (time != null && ByteBuffer.wrap(time).getLong() < before) {
        erased.delete(entity);
      }
    }
  }

  /** The length tells where the entity ends, whatever characters it has. */
  private static String key(String entity, String id) {
    return entity.length() + ":" + entity + id;
  }

  private static byte[] bytes(long time) {
    return ByteBuffer.allocate(Long.BYTES).putLong(time).array();
  }
}
