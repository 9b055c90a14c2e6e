package dev.weir.contracts.event;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A checked record on its way to the stage that derives features: what the topic {@code arrivals}
 * carries, in the order in which it was read.
 */
public sealed interface Arrival {
  /** Returns the id of the event that it is about. */
  String eventId();

  /**
   * An event.
   *
   * @param row the row, NaN at the positions of derived features
   * @param keys field to value, of the fields that scopes are told apart by; a missing one is
   *     absent
   * @param numbers field to number, of the fields that are aggregated; a missing one is absent
   */
  record OfEvent(Row row, Map<String, String> keys, Map<String, Double> numbers)
      implements Arrival {
    public OfEvent {
      requireNonNull(row, "row");
      keys = Map.copyOf(keys);
      numbers = Map.copyOf(numbers);
    }

    @Override
    public String eventId() {
      return row.eventId();
    }
  }

  /**
   * A label.
   *
   * @param label the label
   * @param keys as of an event; those that the label's record carries
   */
  record OfLabel(Label label, Map<String, String> keys) implements Arrival {
    public OfLabel {
      requireNonNull(label, "label");
      keys = Map.copyOf(keys);
    }

    @Override
    public String eventId() {
      return label.eventId();
    }
  }
}
