package dev.weir.pipeline.join;

import dev.weir.contracts.event.Erasure;
import dev.weir.contracts.event.Row;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  static final String ENTITIES = "join-entity-events";
  static final String ERASED = "join-erased";

  private static final StringSerializer TEXT = new StringSerializer();

  private final @Nullable KeyValueStore<String, byte[]> entities;
  private final @Nullable KeyValueStore<String, byte[]> erased;
  private final Deadlines ofEvents = new Deadlines();
  private final Deadlines ofErasures = new Deadlines();
  private final long keep;

  /** When an event was, and until when it is known whose it was; epoch milliseconds. */
  private record Times(long event, long until) {
    byte[] toBytes() {
      return ByteBuffer.allocate(2 * Long.BYTES).putLong(event).putLong(until).array();
    }

    static Times from(byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new Times(buffer.getLong(), buffer.getLong());
    }
  }

  /**
   * Creates the erasures.
   *
   * @param entities times of events by entity and event id; null where nothing is ever erased
   * @param erased erasure times by entity; null where nothing is ever erased
   * @param keep how long after its event a row may still come
   */
  Erasures(
      @Nullable KeyValueStore<String, byte[]> entities,
      @Nullable KeyValueStore<String, byte[]> erased,
      Duration keep) {
    this.entities = entities;
    this.erased = erased;
    this.keep = keep.toMillis();
    if (entities != null && erased != null) {
      restore(entities, erased);
    }
  }

  private void restore(
      KeyValueStore<String, byte[]> ofEntities, KeyValueStore<String, byte[]> erasedOnes) {
    try (KeyValueIterator<String, byte[]> all = ofEntities.all()) {
      all.forEachRemaining(each -> ofEvents.put(Times.from(each.value).until(), each.key));
    }
    try (KeyValueIterator<String, byte[]> all = erasedOnes.all()) {
      all.forEachRemaining(each -> ofErasures.put(time(each.value) + keep, each.key));
    }
  }

  /** Returns the builder of a store that is ordered by entity. */
  static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
  }

  /** Returns whether an event was erased before it came. */
  boolean covers(Row row) {
    byte[] time = erased == null ? null : erased.get(row.entityId());
    return time != null && row.eventTime().toEpochMilli() <= time(time);
  }

  /** Remembers whose an event is, so that it is found when its entity is erased. */
  void add(Row row, long until) {
    if (entities != null) {
      String key = key(row.entityId(), row.eventId());
      byte[] before = entities.get(key);
      if (before != null) {
        ofEvents.remove(Times.from(before).until(), key);
      }
      entities.put(key, new Times(row.eventTime().toEpochMilli(), until).toBytes());
      ofEvents.put(until, key);
    }
  }

  /** Remembers an erasure, and returns the events that it removes, by id. */
  List<String> take(Erasure erasure) {
    List<String> events = new ArrayList<>();
    if (entities == null || erased == null) {
      return events;
    }
    long time = erasure.time().toEpochMilli();
    String prefix = key(erasure.entityId(), "");
    try (KeyValueIterator<String, byte[]> found = entities.prefixScan(prefix, TEXT)) {
      while (found.hasNext()) {
        var entry = found.next();
        Times times = Times.from(entry.value);
        if (times.event() <= time) {
          events.add(entry.key.substring(prefix.length()));
          ofEvents.remove(times.until(), entry.key);
        }
      }
    }
    events.forEach(id -> entities.delete(key(erasure.entityId(), id)));
    remember(erased, erasure.entityId(), time);
    return events;
  }

  private void remember(KeyValueStore<String, byte[]> store, String entity, long time) {
    byte[] before = store.get(entity);
    if (before == null || time(before) < time) {
      if (before != null) {
        ofErasures.remove(time(before) + keep, entity);
      }
      store.put(entity, ByteBuffer.allocate(Long.BYTES).putLong(time).array());
      ofErasures.put(time + keep, entity);
    }
  }

  /** Forgets whose the events were that are forgotten, and the erasures of which none can come. */
  void forgetBefore(long now) {
    if (entities != null && erased != null) {
      ofEvents.removeBefore(now).forEach(entities::delete);
      ofErasures.removeBefore(now).forEach(erased::delete);
    }
  }

  /** The length tells where the entity ends, whatever characters it has. */
  private static String key(String entity, String id) {
    return entity.length() + ":" + entity + id;
  }

  private static long time(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
