package dev.weir.pipeline.join;

import dev.weir.contracts.serde.Json;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/*
 * In the store, big endian; about 40 bytes and the names and values of its groups where there is no
 * row:
 *
 *   status (1) | revision (4) | until (8)
 *   | labels (4) | value (8), seconds (8), nanos (4) each | tail (1) | row, groups in JSON, or nothing
 */

/**
 * What the join knows of one event: what became of it, its labels, until when it is remembered and,
 * as long as an example may be made of it, its row; then what outcomes need of it, its groups.
 * Immutable.
 */
final class EventState {
  static final Serde<EventState> SERDE =
      Serdes.serdeFrom(
          (topic, state) -> state == null ? null : state.toBytes(),
          (topic, bytes) -> bytes == null ? null : from(bytes));

  private static final int HEAD = 1 + Integer.BYTES + Long.BYTES + Integer.BYTES + 1;
  private static final int PER_LABEL = Double.BYTES + Long.BYTES + Integer.BYTES;
  private static final byte NOTHING = 0;
  private static final byte ROW = 1;
  private static final byte GROUPS = 2;

  private final Status status;
  private final int revision;
  private final long until;
  private final List<KnownLabel> labels;
  private final byte @Nullable [] row;
  private final @Nullable Map<String, String> groups;

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

  private record Groups(Map<String, String> values) {}

  private EventState(
      Status status,
      int revision,
      long until,
      List<KnownLabel> labels,
      byte @Nullable [] row,
      @Nullable Map<String, String> groups) {
    this.status = status;
    this.revision = revision;
    this.until = until;
    this.labels = labels;
    this.row = row;
    this.groups = groups;
  }

  /** Returns an event of which only a label came; how long it waits, its label's time says. */
  static EventState of(KnownLabel label) {
    return new EventState(Status.OPEN, 0, Long.MAX_VALUE, List.of(label), null, null);
  }

  /** Returns an event whose row came, maybe after labels. */
  static EventState of(byte[] row, List<KnownLabel> labels, long until) {
    return new EventState(Status.OPEN, 0, until, labels, row, null);
  }

  /** Returns this event without an example, but maybe with a label that was too late for one. */
  EventState unlabelled(List<KnownLabel> late) {
    return new EventState(Status.UNLABELLED, 0, until, late, null, null);
  }

  EventState silent() {
    return new EventState(Status.SILENT, 1, until, List.of(), row, null);
  }

  /** Returns this event with the example of a revision, which may be corrected. */
  EventState labelled(int ofRevision, KnownLabel label) {
    return new EventState(Status.LABELLED, ofRevision, until, List.of(label), row, null);
  }

  /**
   * Returns this event with its last example: without its row, as no label corrects it any more.
   *
   * @param ofGroups the row's groups, for outcomes; null where it has none, as another spec does
   */
  EventState labelledForGood(
      int ofRevision, KnownLabel label, @Nullable Map<String, String> ofGroups) {
    return new EventState(Status.LABELLED, ofRevision, until, List.of(label), null, ofGroups);
  }

  EventState erased() {
    return new EventState(Status.ERASED, 0, until, List.of(), null, null);
  }

  EventState with(List<KnownLabel> others) {
    return others.equals(labels)
        ? this
        : new EventState(status, revision, until, others, row, groups);
  }

  EventState until(long time) {
    return new EventState(status, revision, time, labels, row, groups);
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

  /** Returns the groups of what was labelled for good; null where no outcome is to come of it. */
  @Nullable Map<String, String> groups() {
    return groups;
  }

  private byte[] toBytes() {
    byte[] tail = row != null ? row : groups != null ? Json.write(new Groups(groups)) : new byte[0];
    int size = HEAD + labels.size() * PER_LABEL + tail.length;
    ByteBuffer bytes = ByteBuffer.allocate(size);
    bytes.put((byte) status.ordinal()).putInt(revision).putLong(until).putInt(labels.size());
    for (KnownLabel label : labels) {
      bytes.putDouble(label.value());
      bytes.putLong(label.time().getEpochSecond()).putInt(label.time().getNano());
    }
    bytes.put(row != null ? ROW : groups != null ? GROUPS : NOTHING);
    return bytes.put(tail).array();
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
    byte kind = buffer.get();
    byte[] tail = new byte[buffer.remaining()];
    buffer.get(tail);
    return new EventState(
        status,
        revision,
        until,
        labels,
        kind == ROW ? tail : null,
        kind == GROUPS ? Json.read(tail, Groups.class).values() : null);
  }
}
