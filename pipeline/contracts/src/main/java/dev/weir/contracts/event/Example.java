package dev.weir.contracts.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A row with its label: what models are trained and judged on.
 *
 * @param row the row
 * @param label the label
 * @param labelTime when the label became known
 * @param revision 1 for the first label of an event, more for a correction
 */
public record Example(Row row, double label, Instant labelTime, int revision) {
  public Example {
    requireNonNull(row, "row");
    requireNonNull(labelTime, "labelTime");
    if (revision < 1) {
      throw new IllegalArgumentException("revision must be >= 1, was " + revision);
    }
  }

  /** Returns the same example with other groups. */
  public Example with(Map<String, String> groups) {
    return new Example(row.with(groups), label, labelTime, revision);
  }

  /** Returns the event's id. */
  public String eventId() {
    return row.eventId();
  }
}
