package dev.weir.contracts.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What became known of an event.
 *
 * @param eventId the event's id
 * @param value the label: 0 or 1 for classification
 * @param labelTime when it became known
 */
public record Label(String eventId, double value, Instant labelTime) {
  public Label {
    requireNonNull(eventId, "eventId");
    requireNonNull(labelTime, "labelTime");
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("value must be a number, was NaN");
    }
  }
}
