package dev.weir.pipeline.join;

import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows that wait for a label or, where silence was taken for one, for its correction. */
final class WaitingRows {
  static final String STORE = "join-rows";

  private static final String SCOPE = "row";

  private final KeyValueStore<String, byte[]> store;
  private final Timeline deadlines;
  private final Duration labelWithin;
  private final Deserializer<Row> reader = AvroSerde.rows().deserializer();

  WaitingRows(KeyValueStore<String, byte[]> store, Timeline deadlines, Duration labelWithin) {
    this.store = store;
    this.deadlines = deadlines;
    this.labelWithin = labelWithin;
  }

  Row read(byte[] row) {
    return reader.deserialize(Topics.ROWS.name(), row);
  }

  Instant deadline(Row row) {
    return row.eventTime().plus(labelWithin);
  }

  boolean contains(String id) {
    return store.get(id) != null;
  }

  @Nullable Row get(String id) {
    byte[] row = store.get(id);
    return row == null ? null : read(row);
  }

  void put(Row row, byte[] bytes) {
    store.put(row.eventId(), bytes);
    deadlines.put(SCOPE, deadline(row).toEpochMilli(), row.eventId(), new byte[0]);
  }

  void delete(String id) {
    store.delete(id);
  }

  /** Deletes a row before its deadline. */
  void settle(Row row) {
    deadlines.remove(SCOPE, deadline(row).toEpochMilli(), row.eventId());
    store.delete(row.eventId());
  }

  /** Returns the rows whose deadline lies before a time, once, in the order of their deadlines. */
  List<Row> dueBefore(long time) {
    List<Row> due = new ArrayList<>();
    for (String id : deadlines.removeBefore(SCOPE, time)) {
      Row row = get(id);
      if (row != null) {
        due.add(row);
      }
    }
    return due;
  }
}
