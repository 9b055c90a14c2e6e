package dev.weir.testkit.events;

/**
 * When and how a stream changes.
 *
 * @param what what changes
 * @param from position of the first event that differs
 * @param until position of the first event of the new regime; between the two an event is of the
 *     new regime with a probability that rises in a straight line
 */
public record Drift(What what, int from, int until) {
  /** What changes. */
  public enum What {
    /** Nothing. */
    NONE,
    /** The label given the amount: who was rarely late now often is, and the other way round. */
    CONCEPT,
    /** The amounts: only the upper half comes; the label given the amount stays. */
    COVARIATE
  }

  public Drift {
    if (from < 0 || until < from) {
      throw new IllegalArgumentException("need 0 <= from <= until, was " + from + ", " + until);
    }
  }

  /** Returns the absence of drift. */
  public static Drift none() {
    return new Drift(What.NONE, 0, 0);
  }

  /** Returns a sudden change at one event. */
  public static Drift abrupt(What what, int at) {
    return new Drift(what, at, at);
  }

  /** Returns the probability that the event at a position is of the new regime. */
  double share(int position) {
    if (what == What.NONE || position < from) {
      return 0;
    }
    return position >= until ? 1 : (position - from) / (double) (until - from);
  }
}
