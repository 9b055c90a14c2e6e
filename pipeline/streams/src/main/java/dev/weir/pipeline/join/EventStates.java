package dev.weir.pipeline.join;

import dev.weir.contracts.event.Row;
import dev.weir.pipeline.state.WriteBehindStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/*
 * One entry per event, which says until when it is remembered. By that and by its labels it is
 * found when its time has come:
 *
 *   where    at         which
 *   due      t + w      rows that are still open
 *   kept     t + 2w     all that had a row, or
 *            n + w      if it was settled without a label at its deadline, by the tick n: its label
 *                       may come for so long, however far ticks leap
 *   orphans  s + w      labels that came before their row
 *
 * for an event at t, a label of the time s, and w the spec's labelWithin. These three and which ids
 * there are, are in memory only, and made from the entries at each start; so is, as a copy and as far
 * as there is room, what waits for its row.
 *
 * What changes more than once between two commits is written once, so the usual event, whose label
 * comes while its row waits, costs two or three records in the changelog: its row, its label, and
 * in the end that it is gone.
 */

/** What the join knows of each event, for at most twice {@code labelWithin}. */
final class EventStates {
  static final String STORE = "join-event-states";

  private final KeyValueStore<String, EventState> store;
  private final long within;
  private final Deadlines due = new Deadlines();
  private final Deadlines kept = new Deadlines();
  private final Deadlines orphans = new Deadlines();

  /** Of what waits for its row: after a standstill, labels run ahead of very many rows. */
  private static final int MOST_EARLY = 50_000;

  /** What waits for its row, as far as there is room, so that the row needs no look at the disk. */
  private final Map<String, EventState> early = new HashMap<>();

  /** Of all others: most rows are the first of their event, and need not be looked for on disk. */
  private final Set<String> ids = new HashSet<>();

  EventStates(KeyValueStore<String, EventState> store, Duration labelWithin) {
    this.store = store;
    this.within = labelWithin.toMillis();
    restore();
  }

  static StoreBuilder<KeyValueStore<String, EventState>> store(KeyValueBytesStoreSupplier bytes) {
    return WriteBehindStore.builder(bytes, Serdes.String(), EventState.SERDE);
  }

  private void restore() {
    try (KeyValueIterator<String, EventState> entries = store.range(null, null)) {
      while (entries.hasNext()) {
        KeyValue<String, EventState> entry = entries.next();
        EventState state = entry.value;
        if (state.awaitsRow()) {
          keepEarly(entry.key, state);
          state.labels().forEach(label -> orphans.put(orphanAt(label), entry.key));
        } else {
          ids.add(entry.key);
          kept.put(state.until(), entry.key);
          if (state.isOpen()) {
            due.put(deadline(state), entry.key);
          }
        }
      }
    }
  }

  private long orphanAt(KnownLabel label) {
    return label.time().toEpochMilli() + within;
  }

  /** Open events only: what is settled at its deadline may be remembered for longer. */
  private long deadline(EventState open) {
    return open.until() - within;
  }

  @Nullable EventState get(String id) {
    EventState waiting = early.get(id);
    return waiting != null || !ids.contains(id) ? waiting : store.get(id);
  }

  /** Takes the first label of an event. */
  void takeLabel(String id, KnownLabel label) {
    takeLabel(id, EventState.of(label), label);
  }

  /** Takes another label of an event without a row. */
  void takeLabel(String id, EventState known, KnownLabel label) {
    keepEarly(id, known);
    store.put(id, known);
    orphans.put(orphanAt(label), id);
  }

  private void keepEarly(String id, EventState state) {
    boolean hasRoom = early.size() < MOST_EARLY && !ids.contains(id);
    if (hasRoom || early.containsKey(id)) {
      early.put(id, state);
    } else {
      ids.add(id);
    }
  }

  /** Takes a row, and returns its event, open; it is there once it is put. */
  EventState takeRow(Row row, byte[] bytes, List<KnownLabel> labels) {
    String id = row.eventId();
    labels.forEach(label -> orphans.remove(orphanAt(label), id));
    early.remove(id);
    ids.add(id);
    long deadline = row.eventTime().toEpochMilli() + within;
    due.put(deadline, id);
    kept.put(deadline + within, id);
    return EventState.of(bytes, labels, deadline + within);
  }

  /** Puts what became of an event whose row has come, or another label of it. */
  void put(String id, EventState before, EventState after) {
    if (before.isOpen() && !after.isOpen()) {
      due.remove(deadline(before), id);
    }
    if (before.until() != after.until()) {
      kept.remove(before.until(), id);
      kept.put(after.until(), id);
    }
    store.put(id, after);
  }

  /** Returns the events whose deadline has passed and that are still open; to be settled now. */
  List<String> due(long now) {
    return due.removeBefore(now);
  }

  /** Returns until when what is settled without a label by this tick is remembered. */
  long untilIfSettledAt(long now) {
    return now + within;
  }

  /** Returns the events of which a label waited for its row in vain. */
  List<String> withOrphans(long now) {
    return orphans.removeBefore(now);
  }

  /** Removes the labels that have become orphans, and returns how many. */
  int removeOrphans(String id, EventState state, long now) {
    List<KnownLabel> left = state.labels().stream().filter(l -> orphanAt(l) >= now).toList();
    if (left.isEmpty()) {
      early.remove(id);
      forget(id);
    } else {
      keepEarly(id, state.with(left));
      store.put(id, state.with(left));
    }
    return state.labels().size() - left.size();
  }

  void forgetBefore(long now) {
    kept.removeBefore(now).forEach(this::forget);
  }

  /** By a write: to return what was there, {@code delete} would read it first. */
  private void forget(String id) {
    ids.remove(id);
    store.put(id, null);
  }

  /** Returns how many entries are in memory: ids, what waits for its row, and deadlines. */
  int sizeInMemory() {
    return ids.size() + early.size() + due.size() + kept.size() + orphans.size();
  }
}
