package dev.weir.testkit.events;

import java.time.Instant;

/**
 * One event, with what nobody but the test knows.
 *
 * @param id its id
 * @param time when it happens
 * @param amount its only number, in [0, 1)
 * @param shop {@code north} or {@code south}
 * @param probability the true probability of label 1
 * @param label the label, drawn with that probability
 * @param labelTime when the label becomes known
 * @param fate what becomes of event and label
 */
public record Event(
    String id,
    Instant time,
    double amount,
    String shop,
    double probability,
    int label,
    Instant labelTime,
    Fate fate) {
  /** What becomes of an event and its label. */
  public enum Fate {
    /** Both come, in time. */
    LABELLED,
    /** The label never comes. */
    MISSING,
    /** The label comes after its time. */
    LATE,
    /** The label comes, the event never does. */
    UNKNOWN
  }
}
