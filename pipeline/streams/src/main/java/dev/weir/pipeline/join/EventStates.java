package dev.weir.pipeline.join;

import dev.weir.contracts.event.Row;
import dev.weir.pipeline.state.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/*
 * One entry per event, and one in a timeline by which it is found when its time has come:
 *
 *   scope   at                 says
 *   row     event time t       due when event time passes t + w, forgotten after t + 2w
 *   late    event time t       came when it was due already: due at the next tick
 *   done    the tick it was    settled without a label at its deadline: forgotten w after that,
 *           settled at         as its label may come then, however far ticks leap
 *   label   label time s       came before its row: an orphan after s + w
 *
 * where w is labelWithin. The usual event, row before label, so costs four writes in all: row and
 * timeline, label, and nothing but two deletions after that.
 */

/** What the join knows of each event, for at most twice {@code labelWithin}. */
final class EventStates {
  static final String STORE = "join-events";
  static final String TIMES = "join-times";

  private static final String ROW = "row";
  private static final String LATE = "late";
  private static final String DONE = "done";
  private static final String LABEL = "label";

  private final KeyValueStore<String, byte[]> store;
  private final Timeline times;
  private final long within;

  EventStates(KeyValueStore<String, byte[]> store, Timeline times, Duration labelWithin) {
    this.store = store;
    this.times = times;
    this.within = labelWithin.toMillis();
  }

  @Nullable EventState get(String id) {
    byte[] state = store.get(id);
    return state == null ? null : EventState.from(state);
  }

  void put(String id, EventState state) {
    store.put(id, state.toBytes());
  }

  /**
   * Lets an event be found by its row's time.
   *
   * @param now how far event time has come, in epoch milliseconds; null before the first tick
   * @param entity whom to tell when the event is forgotten; null for nobody
   */
  void addRow(Row row, @Nullable Long now, @Nullable String entity) {
    long time = row.eventTime().toEpochMilli();
    times.put(ROW, time, row.eventId(), bytes(entity));
    if (now != null && time + within < now) {
      times.put(LATE, time, row.eventId(), new byte[0]);
    }
  }

  /** Leaves an event to be forgotten in time, but not whom it was about. */
  void forgetEntity(String id, Instant eventTime) {
    times.put(ROW, eventTime.toEpochMilli(), id, new byte[0]);
  }

  void addLabel(String id, KnownLabel label) {
    times.put(LABEL, label.time().toEpochMilli(), id, new byte[0]);
  }

  /** Labels that have found their row are no orphans. */
  void removeLabels(String id, List<KnownLabel> labels) {
    labels.forEach(label -> times.remove(LABEL, label.time().toEpochMilli(), id));
  }

  /** Returns the events whose deadline lies in [before, now), and those that came after theirs. */
  List<String> due(@Nullable Long before, long now) {
    long from = before == null ? Long.MIN_VALUE : before - within;
    List<String> due = times.removeBefore(LATE, now - within);
    due.addAll(times.ids(ROW, from, now - within));
    return due;
  }

  /** Remembers an event that was settled without a label for as long again. */
  void keep(Row row, long now, @Nullable String entity) {
    times.remove(ROW, row.eventTime().toEpochMilli(), row.eventId());
    times.put(DONE, now, row.eventId(), bytes(entity));
  }

  /** Returns the events of which a label waited for its row in vain. */
  List<String> withOrphans(long now) {
    return times.removeBefore(LABEL, now - within);
  }

  /** Returns a label's state without the labels that have become orphans; null if none is left. */
  @Nullable EventState withoutOrphans(EventState state, long now) {
    List<KnownLabel> left =
        state.labels().stream().filter(l -> l.time().toEpochMilli() + within >= now).toList();
    return left.isEmpty() ? null : state.with(left);
  }

  /** By a write: to return what was there, {@code delete} would read it first. */
  void delete(String id) {
    store.put(id, null);
  }

  /**
   * Forgets all events whose time has come, and says which, with the entity that was to be told.
   */
  void forgetBefore(long now, BiConsumer<String, String> sink) {
    BiConsumer<String, byte[]> forget =
        (id, entity) -> {
          delete(id);
          if (entity.length > 0) {
            sink.accept(id, new String(entity, StandardCharsets.UTF_8));
          }
        };
    times.removeBefore(ROW, now - 2 * within, forget);
    times.removeBefore(DONE, now - within, forget);
  }

  private static byte[] bytes(@Nullable String entity) {
    return entity == null ? new byte[0] : entity.getBytes(StandardCharsets.UTF_8);
  }
}
