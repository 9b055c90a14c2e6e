package dev.weir.testkit.events;

import java.time.Duration;
import java.time.Instant;

/**
 * What a stream is generated from; the same rules give the same stream.
 *
 * @param seed the seed
 * @param events number of events
 * @param start time of the first
 * @param every time from one event to the next
 * @param labelAfter time from an event to its label
 * @param labelWithin a label later than this is late
 * @param drift the change
 * @param faults what goes wrong
 */
public record StreamRules(
    long seed,
    int events,
    Instant start,
    Duration every,
    Duration labelAfter,
    Duration labelWithin,
    Drift drift,
    Faults faults) {
  public StreamRules {
    if (events < 1 || every.isNegative() || labelAfter.isNegative()) {
      throw new IllegalArgumentException(
          "need events >= 1 and times >= 0, was " + events + ", " + every + ", " + labelAfter);
    }
    if (labelWithin.compareTo(labelAfter) < 0) {
      throw new IllegalArgumentException(
          "need labelAfter <= labelWithin, was " + labelAfter + " > " + labelWithin);
    }
  }

  /**
   * Returns rules of one event a minute, labelled after one hour of two, without drift or fault.
   */
  public static StreamRules of(long seed, int events, Instant start) {
    return new StreamRules(
        seed,
        events,
        start,
        Duration.ofMinutes(1),
        Duration.ofHours(1),
        Duration.ofHours(2),
        Drift.none(),
        Faults.none());
  }

  /** Returns these rules at another pace. */
  public StreamRules paced(Duration between, Duration toLabel, Duration within) {
    return new StreamRules(seed, events, start, between, toLabel, within, drift, faults);
  }

  /** Returns these rules with a drift. */
  public StreamRules with(Drift other) {
    return new StreamRules(seed, events, start, every, labelAfter, labelWithin, other, faults);
  }

  /** Returns these rules with faults. */
  public StreamRules with(Faults other) {
    return new StreamRules(seed, events, start, every, labelAfter, labelWithin, drift, other);
  }
}
