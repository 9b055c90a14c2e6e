package dev.weir.pipeline.epoch;

import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.monitor.Watched;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/*
 * Keys are ordered bytes, so that one scan of an epoch gives everything in the order in which it is
 * to be taken, whatever order it came in:
 *
 *   epoch (8) | 0 | sequence (8)                                            a control event
 *   epoch (8) | 1 | partition (4)                                           a partition's report
 *   epoch (8) | 2 | label time (8) | event time (8) | id | 0 | version (4) | role    an outcome
 */

/** What has come of epochs that not all partitions have ended yet; not thread-safe. */
final class EpochInbox {
  static final String STORE = "epoch-inbox";

  private static final byte CONTROL = 0;
  private static final byte REPORT = 1;
  private static final byte OUTCOME = 2;
  private static final int HEAD = Long.BYTES + 1;

  private final KeyValueStore<byte[], byte[]> store;

  /** Takes the contents of an epoch: control events, then reports, then outcomes. */
  interface Reader {
    void control(ControlEvent event);

    void report(EpochReport report);

    void outcome(Watched outcome);
  }

  EpochInbox(KeyValueStore<byte[], byte[]> store) {
    this.store = store;
  }

  static StoreBuilder<KeyValueStore<byte[], byte[]>> store() {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray());
  }

  /** Puts a control event; {@code sequence} tells the order. */
  void put(long epoch, long sequence, ControlEvent event) {
    byte[] key = head(epoch, CONTROL, Long.BYTES).putLong(sequence).array();
    store.put(key, Json.write(event));
  }

  void put(EpochReport report) {
    byte[] key = head(report.epoch(), REPORT, Integer.BYTES).putInt(report.partition()).array();
    store.put(key, Json.write(report));
  }

  void put(long epoch, Watched outcome) {
    byte[] id = outcome.eventId().getBytes(StandardCharsets.UTF_8);
    byte[] key =
        head(epoch, OUTCOME, 2 * Long.BYTES + id.length + 1 + Integer.BYTES + 1)
            .putLong(ordered(outcome.labelTime()))
            .putLong(ordered(outcome.eventTime()))
            .put(id)
            .put((byte) 0)
            .putInt(outcome.version())
            .put((byte) (outcome.role() == ServingRole.CHAMPION ? 0 : 1))
            .array();
    store.put(key, Json.write(outcome));
  }

  /** Hands over everything of an epoch and forgets it. */
  void take(long epoch, Reader reader) {
    List<byte[]> keys = new ArrayList<>();
    scan(
        epoch,
        entry -> {
          keys.add(entry.key);
          switch (entry.key[Long.BYTES]) {
            case CONTROL -> reader.control(Json.read(entry.value, ControlEvent.class));
            case REPORT -> reader.report(Json.read(entry.value, EpochReport.class));
            default -> reader.outcome(Json.read(entry.value, Watched.class));
          }
        });
    keys.forEach(store::delete);
  }

  private void scan(long epoch, Consumer<KeyValue<byte[], byte[]>> sink) {
    byte[] from = head(epoch, CONTROL, 0).array();
    byte[] to = head(epoch + 1, CONTROL, 0).array();
    try (KeyValueIterator<byte[], byte[]> entries = store.range(from, to)) {
      entries.forEachRemaining(sink);
    }
  }

  private static ByteBuffer head(long epoch, byte kind, int rest) {
    return ByteBuffer.allocate(HEAD + rest).putLong(epoch).put(kind);
  }

  private static long ordered(Instant time) {
    return time.toEpochMilli() ^ Long.MIN_VALUE;
  }
}
