package dev.weir.pipeline.join;

import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.spec.MissingLabels;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What champions decided of open events: the first decision on each. Versions in shadow decide
 * nothing, nor do predictions that do not say what was decided.
 */
final class Decisions {
  static final String STORE = "join-selections";

  private final @Nullable KeyValueStore<String, byte[]> store;
  private final Deadlines deadlines = new Deadlines();
  private final Duration keep;

  /**
   * Creates the decisions.
   *
   * @param store by event id, whether it was selected (1) and until when that is kept (8); null
   *     where labels do not depend on decisions
   * @param keep how long after its event a decision may still be asked for
   */
  Decisions(@Nullable KeyValueStore<String, byte[]> store, Duration keep) {
    this.store = store;
    this.keep = keep;
    if (store != null) {
      try (KeyValueIterator<String, byte[]> all = store.all()) {
        all.forEachRemaining(entry -> deadlines.put(until(entry.value), entry.key));
      }
    }
  }

  void take(Prediction prediction) {
    Boolean selected = prediction.selected();
    if (store == null || selected == null || prediction.role() != ServingRole.CHAMPION) {
      return;
    }
    long until = prediction.eventTime().plus(keep).toEpochMilli();
    if (store.putIfAbsent(prediction.eventId(), bytes(selected, until)) == null) {
      deadlines.put(until, prediction.eventId());
    }
  }

  /** Returns whether the decision on an event prevents its label; false where there was none. */
  boolean prevent(String id, MissingLabels missing) {
    byte[] value = store == null ? null : store.get(id);
    return value != null && missing.isPrevented(value[0] == 1);
  }

  void forget(String id) {
    byte[] value = store == null ? null : store.delete(id);
    if (value != null) {
      deadlines.remove(until(value), id);
    }
  }

  void forgetBefore(long time) {
    if (store != null) {
      deadlines.removeBefore(time).forEach(store::delete);
    }
  }

  private static byte[] bytes(boolean isSelected, long until) {
    byte selected = (byte) (isSelected ? 1 : 0);
    return ByteBuffer.allocate(1 + Long.BYTES).put(selected).putLong(until).array();
  }

  private static long until(byte[] value) {
    return ByteBuffer.wrap(value).getLong(1);
  }
}
