package dev.weir.pipeline.join;

import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.MissingLabels;
import java.time.Duration;
import java.time.Instant;

/** Whether a label counts, by its own time and its event's alone. */
final class LabelTimes {
  private final Duration labelWithin;
  private final MissingLabels missing;

  LabelTimes(Events events) {
    this.labelWithin = events.labelWithin();
    this.missing = events.missingLabels();
  }

  Instant deadline(Row row) {
    return row.eventTime().plus(labelWithin);
  }

  boolean isInTime(KnownLabel label, Row row) {
    return !label.time().isAfter(deadline(row));
  }

  /** Returns whether a label may correct an example: silence is corrected for as long again. */
  boolean mayCorrect(KnownLabel label, Row row) {
    Instant until = deadline(row);
    return !label.time().isAfter(missing.silence() == null ? until : until.plus(labelWithin));
  }

  /** Returns whether it is known only at the deadline what became of a row without a label. */
  boolean isDecidedAtDeadline() {
    return !missing.equals(MissingLabels.DROPPED);
  }
}
