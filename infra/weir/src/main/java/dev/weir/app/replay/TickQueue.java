package dev.weir.app.replay;

import dev.weir.app.driver.TimedRecord;
import java.time.Instant;
import java.util.List;

/** Records in the order of event time, handed out tick by tick; not thread-safe. */
public final class TickQueue {
  private final List<TimedRecord> records;
  private int next;

  /** Creates a queue of records that are sorted by time, at least one. */
  public TickQueue(List<TimedRecord> records) {
    this.records = records;
  }

  /** Returns the time of the last record. */
  public Instant last() {
    return records.get(records.size() - 1).time();
  }

  /** Leaves out the records before {@code start}. */
  public void skipUntil(Instant start) {
    while (next < records.size() && records.get(next).time().isBefore(start)) {
      next++;
    }
  }

  /** Returns the records before {@code end} that were not handed out yet. */
  public List<TimedRecord> until(Instant end) {
    int from = next;
    skipUntil(end);
    return records.subList(from, next);
  }
}
