package dev.weir.pipeline.watch;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.epoch.Broadcast;
import dev.weir.pipeline.monitor.RowCounter;
import dev.weir.pipeline.monitor.RowTally;
import dev.weir.pipeline.state.Content;
import dev.weir.pipeline.state.WriteBehindStore;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The tally of the epoch under way, and the champion whose bins it counts over. */
final class EpochTally {
  static final String STORE = "watch-tally";

  private static final String CHAMPION = "champion";
  private static final String TALLY = "tally";

  private final KeyValueStore<String, Content> store;
  private Broadcast.Champion champion;
  private RowCounter counter;

  EpochTally(KeyValueStore<String, Content> store) {
    this.store = store;
    Content known = store.get(CHAMPION);
    this.champion =
        known == null
            ? new Broadcast.Champion(0, null)
            : Json.read(known.bytes(), Broadcast.Champion.class);
    this.counter = counterOf(champion);
    Content counted = store.get(TALLY);
    if (counted != null) {
      counter.tally().add(RowTally.fromBytes(counted.bytes()));
    }
  }

  private static RowCounter counterOf(Broadcast.Champion champion) {
    return new RowCounter(champion.version(), champion.reference());
  }

  /** A tally becomes bytes per commit, not per row. */
  static StoreBuilder<KeyValueStore<String, Content>> store() {
    return WriteBehindStore.builder(STORE, Serdes.String(), Content.SERDE);
  }

  int champion() {
    return champion.version();
  }

  /** Takes a champion; what was counted over the bins of another is dropped with them. */
  void champion(Broadcast.Champion next) {
    champion = next;
    counter = counterOf(next);
    store.put(CHAMPION, () -> Json.write(next));
    store.delete(TALLY);
  }

  void row(FeatureVector features) {
    counter.row(features);
    keep();
  }

  void prediction(double probability) {
    counter.prediction(probability);
    keep();
  }

  void label(Instant eventTime, Instant labelTime) {
    counter.label(eventTime, labelTime);
    keep();
  }

  private void keep() {
    store.put(TALLY, counter.tally()::toBytes);
  }

  /** Returns what was counted, in bytes, and begins anew. */
  byte[] takeBytes() {
    byte[] counted = counter.tally().toBytes();
    counter.tally().clear();
    store.delete(TALLY);
    return counted;
  }
}
