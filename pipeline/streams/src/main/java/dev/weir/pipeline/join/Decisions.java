package dev.weir.pipeline.join;

import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.pipeline.state.Timeline;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What champions decided of open events: the first decision on each. Versions in shadow decide
 * nothing, nor do predictions that do not say what was decided.
 */
final class Decisions {
  static final String STORE = "join-decisions";

  private static final String SCOPE = "decision";

  private final @Nullable KeyValueStore<String, byte[]> store;
  private final Timeline deadlines;
  private final Duration keep;

  /**
   * Creates the decisions.
   *
   * @param store by event id; null where labels do not depend on decisions
   * @param keep how long after its event a decision may still be asked for
   */
  Decisions(@Nullable KeyValueStore<String, byte[]> store, Timeline deadlines, Duration keep) {
    this.store = store;
    this.deadlines = deadlines;
    this.keep = keep;
  }

  void take(Prediction prediction) {
    Boolean selected = prediction.selected();
    if (store == null || selected == null || prediction.role() != ServingRole.CHAMPION) {
      return;
    }
    byte[] value = {(byte) (selected ? 1 : 0)};
    if (store.putIfAbsent(prediction.eventId(), value) == null) {
      long until = until(prediction.eventTime());
      deadlines.put(SCOPE, until, prediction.eventId(), new byte[0]);
    }
  }

  /** Returns whether the decision on an event prevents its label; false where there was none. */
  boolean prevent(String id, MissingLabels missing) {
    byte[] value = store == null ? null : store.get(id);
    return value != null && missing.isPrevented(value[0] == 1);
  }

  void forget(String id, Instant eventTime) {
    if (store != null && store.delete(id) != null) {
      deadlines.remove(SCOPE, until(eventTime), id);
    }
  }

  void forgetBefore(long time) {
    if (store != null) {
      deadlines.removeBefore(SCOPE, time).forEach(store::delete);
    }
  }

  private long until(Instant eventTime) {
    return eventTime.plus(keep).toEpochMilli();
  }
}
