package dev.weir.pipeline.derive;

import dev.weir.contracts.event.Arrival;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.FeatureSpec.Source;
import dev.weir.pipeline.state.Timeline;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/*
 * Each event and each label stands once under its id and, for each scope that a feature asks for,
 * once in the timeline:
 *
 *   events    id -> time, entity, keys              timeline  EVENTS:*             | time | id -> numbers
 *   labels    id -> time, value, keys                         EVENTS:4:shop=s      | time | id -> numbers
 *                                                             LABELS:4:shop=s      | time | id -> value
 *   @EVENTS | time | id, @LABELS | time | id                  (by which the old are forgotten)
 *   @ENTITY:4:name | time | id, @ERASED:4:name | time | name, @ERASURES | time | name
 *
 * A label whose record does not say in which shop it was stands under its event's shop as soon as
 * both have come, in either order. Of an erased event its id and time are left, so that a copy of it
 * or its label does not count as another's. Where the spec declares no erasures, nothing is kept by
 * entity.
 */

/** Events and labels by scope and time, for as long as a feature may ask for them. */
final class History {
  private static final String ENTITY = "@ENTITY:";
  private static final String ERASED = "@ERASED:";
  private static final String ERASURES = "@ERASURES";

  private final KeyValueStore<String, byte[]> events;
  private final KeyValueStore<String, byte[]> labels;
  private final Timeline timeline;
  private final List<Lane> eventLanes;
  private final List<Lane> labelLanes;
  private final List<String> numbers;
  private final boolean mayErase;

  /** An event that is remembered; its entity is by whom it would be erased, empty once it was. */
  record KnownEvent(long time, String entity, Map<String, String> keys) {
    private static KnownEvent erased(long time) {
      return new KnownEvent(time, "", Map.of());
    }

    private boolean wasErased() {
      return entity.isEmpty();
    }
  }

  /** A label that is remembered, with the keys under which it stands. */
  record KnownLabel(long time, double value, Map<String, String> keys) {}

  /**
   * Creates the history on a task's stores.
   *
   * @param events by event id
   * @param labels by event id
   * @param mayErase whether entities are erased
   */
  History(
      Plan plan,
      KeyValueStore<String, byte[]> events,
      KeyValueStore<String, byte[]> labels,
      Timeline timeline,
      boolean mayErase) {
    this.events = events;
    this.labels = labels;
    this.timeline = timeline;
    this.eventLanes = plan.lanes(Source.EVENTS);
    this.labelLanes = plan.lanes(Source.LABELS);
    this.numbers = plan.numbers();
    this.mayErase = mayErase;
  }

  boolean hasEvent(String id) {
    return events.get(id) != null;
  }

  /** Returns the time of an event's label, if it has come. */
  OptionalLong labelTime(String id) {
    KnownLabel label = label(id);
    return label == null ? OptionalLong.empty() : OptionalLong.of(label.time());
  }

  /** Remembers an event, which it has not yet. */
  void add(Arrival.OfEvent event) {
    Row row = event.row();
    String id = event.eventId();
    long time = row.eventTime().toEpochMilli();
    timeline.put("@" + Source.EVENTS, time, id, new byte[0]);
    if (isErased(row.entityId(), time)) {
      eraseTo(id, time);
      return;
    }
    events.put(id, Json.write(new KnownEvent(time, row.entityId(), event.keys())));
    if (mayErase) {
      timeline.put(scope(ENTITY, row.entityId()), time, id, new byte[0]);
    }
    put(eventLanes, event.keys(), time, id, numbers(event.numbers()));
    KnownLabel label = label(id);
    if (label != null) {
      complete(id, label, event.keys());
    }
  }

  /** Remembers a label, the first one of its event. */
  void add(Arrival.OfLabel arrival) {
    String id = arrival.eventId();
    if (labels.get(id) != null) {
      return;
    }
    long time = arrival.label().labelTime().toEpochMilli();
    KnownEvent event = event(id);
    if (event != null && event.wasErased()) {
      return;
    }
    Map<String, String> keys = new TreeMap<>(event == null ? Map.of() : event.keys());
    keys.putAll(arrival.keys());
    KnownLabel label = new KnownLabel(time, arrival.label().value(), keys);
    labels.put(id, Json.write(label));
    timeline.put("@" + Source.LABELS, time, id, new byte[0]);
    put(labelLanes, keys, time, id, value(label));
  }

  /** Puts a label that came before its event under the keys that only the event has. */
  private void complete(String id, KnownLabel label, Map<String, String> eventKeys) {
    Map<String, String> keys = new TreeMap<>(eventKeys);
    keys.putAll(label.keys());
    if (!keys.equals(label.keys())) {
      labels.put(id, Json.write(new KnownLabel(label.time(), label.value(), keys)));
      put(labelLanes, keys, label.time(), id, value(label));
    }
  }

  private void put(List<Lane> lanes, Map<String, String> keys, long time, String id, byte[] value) {
    for (Lane lane : lanes) {
      lane.scope(keys).ifPresent(scope -> timeline.put(scope, time, id, value));
    }
  }

  /** Erases the events of an entity up to a time, those that are yet to come included. */
  void erase(String entity, long time) {
    if (!mayErase) {
      return;
    }
    timeline.put(ERASURES, time, entity, new byte[0]);
    timeline.put(scope(ERASED, entity), time, entity, new byte[0]);
    timeline.removeBefore(scope(ENTITY, entity), time + 1).forEach(this::eraseEvent);
  }

  private boolean isErased(String entity, long time) {
    return mayErase && !timeline.ids(scope(ERASED, entity), time, Long.MAX_VALUE).isEmpty();
  }

  private void eraseEvent(String id) {
    KnownEvent event = event(id);
    if (event != null) {
      remove(eventLanes, event.keys(), event.time(), id);
      eraseTo(id, event.time());
    }
  }

  private void eraseTo(String id, long time) {
    events.put(id, Json.write(KnownEvent.erased(time)));
    KnownLabel label = label(id);
    if (label != null) {
      labels.delete(id);
      remove(labelLanes, label.keys(), label.time(), id);
    }
  }

  /** The length tells where the entity ends, whatever characters it has. */
  private static String scope(String kind, String entity) {
    return kind + entity.length() + ":" + entity;
  }

  /** Hands over what stands in a scope; see {@link Timeline#latestFirst}. */
  void latestFirst(String scope, long from, long to, long step, Timeline.Visitor visitor) {
    timeline.latestFirst(scope, from, to, step, visitor);
  }

  /** Forgets all events and labels with times before a time. */
  void forgetBefore(long time) {
    for (String id : timeline.removeBefore("@" + Source.EVENTS, time)) {
      KnownEvent event = event(id);
      if (event != null) {
        events.delete(id);
        remove(eventLanes, event.keys(), event.time(), id);
        if (mayErase) {
          timeline.remove(scope(ENTITY, event.entity()), event.time(), id);
        }
      }
    }
    for (String entity : mayErase ? timeline.removeBefore(ERASURES, time) : List.<String>of()) {
      timeline.removeBefore(scope(ERASED, entity), time);
    }
    for (String id : timeline.removeBefore("@" + Source.LABELS, time)) {
      KnownLabel label = label(id);
      if (label != null) {
        labels.delete(id);
        remove(labelLanes, label.keys(), label.time(), id);
      }
    }
  }

  private void remove(List<Lane> lanes, Map<String, String> keys, long time, String id) {
    for (Lane lane : lanes) {
      lane.scope(keys).ifPresent(scope -> timeline.remove(scope, time, id));
    }
  }

  private @Nullable KnownEvent event(String id) {
    byte[] event = events.get(id);
    return event == null ? null : Json.read(event, KnownEvent.class);
  }

  private @Nullable KnownLabel label(String id) {
    byte[] label = labels.get(id);
    return label == null ? null : Json.read(label, KnownLabel.class);
  }

  private byte[] numbers(Map<String, Double> numbersOfEvent) {
    ByteBuffer buffer = ByteBuffer.allocate(numbers.size() * Double.BYTES);
    numbers.forEach(field -> buffer.putDouble(numbersOfEvent.getOrDefault(field, Double.NaN)));
    return buffer.array();
  }

  private static byte[] value(KnownLabel label) {
    return ByteBuffer.allocate(Double.BYTES).putDouble(label.value()).array();
  }
}
