package dev.weir.pipeline.join;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/*
 * In the store, big endian; about 40 bytes where there is no row:
 *
 *   status (1) | revision (4) | until (8)
 *   | labels (4) | value (8), seconds (8), nanos (4) each | row, or nothing
 */

/**
 * What the join knows of one event: what became of it, its labels, until when it is remembered and,
 * as long as outcomes or corrections may need it, its row. Immutable.
 */
final class EventState {
  static final Serde<EventState> SERDE =
      Serdes.serdeFrom(
          (topic, state) -> state == null ? null : state.toBytes(),
          (topic, bytes) -> bytes == null ? null : from(bytes));

  private static final int HEAD = 1 + Integer.BYTES + Long.BYTES + Integer.BYTES;
  private static final int PER_LABEL = Double.BYTES + Long.BYTES + Integer.BYTES;

  private final Status status;
  private final int revision;
  private final long until;
  private final List<KnownLabel> labels;
  private final byte @Nullable [] row;

  /** What became of an event. */
  enum Status {
    /** A side is missing, or the label is too late and the row waits for its deadline. */
    OPEN,
    /** Its example has the first of its labels; a second one is a copy with a later time. */
    LABELLED,
    /** Its example has the label of silence; a label that came too late is kept as a mark. */
    SILENT,
    /** It has no example, and will have none. */
    UNLABELLED,
    /** It was erased; nothing is known of it any more but its id. */
    ERASED
  }

  private EventState(
      Status status, int revision, long until, List<KnownLabel> labels, byte @Nullable [] row) {
    this.status = status;
    this.revision = revision;
    this.until = until;
    this.labels = labels;
    this.row = row;
  }

  /** Returns an event of which only a label came; how long it waits, its label's time says. */
  static EventState of(KnownLabel label) {
    return new EventState(Status.OPEN, 0, Long.MAX_VALUE, List.of(label), null);
  }

  /** Returns an event whose row came, maybe after labels. */
  static EventState of(byte[] row, List<KnownLabel> labels, long until) {
    return new EventState(Status.OPEN, 0, until, labels, row);
  }

  /** Returns this event without an example, but maybe with a label that was too late for one. */
  EventState unlabelled(List<KnownLabel> late) {
    return new EventState(Status.UNLABELLED, 0, until, late, null);
  }

  EventState silent() {
    return new EventState(Status.SILENT, 1, until, List.of(), row);
  }

  /** Returns this event with the example of a revision. */
  EventState labelled(int ofRevision, KnownLabel label) {
    return new EventState(Status.LABELLED, ofRevision, until, List.of(label), row);
  }

  EventState erased() {
    return new EventState(Status.ERASED, 0, until, List.of(), null);
  }

  EventState with(List<KnownLabel> others) {
    return others.equals(labels) ? this : new EventState(status, revision, until, others, row);
  }

  EventState until(long time) {
    return new EventState(status, revision, time, labels, row);
  }

  Status status() {
    return status;
  }

  boolean isOpen() {
    return status == Status.OPEN;
  }

  /** Returns whether nothing but labels came. */
  boolean awaitsRow() {
    return isOpen() && row == null;
  }

  /** Returns the last revision of its example, 0 where there is none. */
  int revision() {
    return revision;
  }

  /** Returns the epoch milliseconds after which it is forgotten, once its row has come. */
  long until() {
    return until;
  }

  /** Returns its labels in the order in which they came. */
  List<KnownLabel> labels() {
    return labels;
  }

  /** Returns its row as it came, not a copy; null where it has not come or is not needed. */
  byte @Nullable [] row() {
    return row;
  }

  private byte[] toBytes() {
    int size = HEAD + labels.size() * PER_LABEL + (row == null ? 0 : row.length);
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.put((byte) status.ordinal()).putInt(revision).putLong(until).putInt(labels.size());
    for (KnownLabel label : labels) {
      bytes.putDouble(label.value());
      bytes.putLong(label.time().getEpochSecond()).putInt(label.time().getNano());
    }
    if (row != null) {
      bytes.put(row);
    }
    return bytes.array();
  }

  private static EventState from(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Status status = Status.values()[buffer.get()];
    int revision = buffer.getInt();
    long until = buffer.getLong();
    int count = buffer.getInt();
    List<KnownLabel> labels = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double value = buffer.getDouble();
      labels.add(new KnownLabel(value, Instant.ofEpochSecond(buffer.getLong(), buffer.getInt())));
    }
    byte[] row = null;
    if (buffer.hasRemaining()) {
      row = new byte[buffer.remaining()];
      buffer.get(row);
    }
    return new EventState(status, revision, until, labels, row);
  }
}
