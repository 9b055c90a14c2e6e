package dev.weir.pipeline.join;

import dev.weir.contracts.event.Label;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.state.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What became of events, remembered until no copy of their records may come any more. */
final class Settled {
  static final String STORE = "join-done";

  private static final String SCOPE = "done";

  /** Stands for the label of a row that had none at its deadline. */
  private static final double NO_LABEL = -1;

  /** Stands for the label of a row whose silence is its label, until one comes. */
  private static final double SILENCE = -2;

  private final KeyValueStore<String, byte[]> store;
  private final Timeline deadlines;
  private final Duration keep;

  Settled(KeyValueStore<String, byte[]> store, Timeline deadlines, Duration keep) {
    this.store = store;
    this.deadlines = deadlines;
    this.keep = keep;
  }

  boolean contains(String id) {
    return store.get(id) != null;
  }

  /** Returns the label that counts, or what stands for one; null of an event that is open. */
  @Nullable Label of(String id) {
    byte[] label = store.get(id);
    return label == null ? null : Json.read(label, Label.class);
  }

  static boolean isSilence(Label label) {
    return label.value() == SILENCE;
  }

  static boolean isUnlabelled(Label label) {
    return label.value() == NO_LABEL;
  }

  /** Settles an event by its label. */
  void by(Label label, Instant deadline) {
    put(label);
    keepFrom(deadline, label.eventId());
  }

  /** Settles an event without a label. */
  void without(String id, boolean isSilence, Instant now) {
    put(new Label(id, isSilence ? SILENCE : NO_LABEL, now));
    keepFrom(now, id);
  }

  /** Takes a label for what stood for one; the event is remembered no longer than before. */
  void put(Label label) {
    store.put(label.eventId(), Json.write(label));
  }

  private void keepFrom(Instant time, String id) {
    deadlines.put(SCOPE, time.plus(keep).toEpochMilli(), id, new byte[0]);
  }

  /** Forgets all events that were to be remembered until before a time, and returns their ids. */
  List<String> forgetBefore(long time) {
    List<String> ids = deadlines.removeBefore(SCOPE, time);
    ids.forEach(store::delete);
    return ids;
  }
}
