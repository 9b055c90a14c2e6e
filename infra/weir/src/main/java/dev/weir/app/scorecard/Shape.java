package dev.weir.app.scorecard;

import java.util.List;
import java.util.Locale;

/** When a stream leaves its old distribution for its new one. */
public enum Shape {
  /** Never; 100,000 events. */
  STATIONARY(100_000, List.of()),
  /** At once, at event 5,000 of 10,000. */
  ABRUPT(10_000, List.of(5_000)),
  /** Over 2,000 events from event 5,000 of 10,000 on, each drawn from one of the two. */
  GRADUAL(10_000, List.of(5_000)),
  /** There and back every 2,500 of 10,000 events; it begins with the old one. */
  RECURRING(10_000, List.of(2_500, 5_000, 7_500));

  private static final int GRADUAL_EVENTS = 2_000;

  private final int events;
  private final List<Integer> changes;

  Shape(int events, List<Integer> changes) {
    this.events = events;
    this.changes = changes;
  }

  /** Returns how long the stream is. */
  public int events() {
    return events;
  }

  /** Returns the indices of the first events after a change, or of a gradual change's first. */
  public List<Integer> changes() {
    return changes;
  }

  /** Returns the share of the new distribution at an event, in [0, 1]. */
  double shareOfNew(int event) {
    int passed = 0;
    for (int change : changes) {
      passed += event >= change ? 1 : 0;
    }
    if (this == GRADUAL && passed == 1) {
      return Math.min(1, (event - changes.get(0) + 1.0) / GRADUAL_EVENTS);
    }
    return passed % 2;
  }

  /** Returns the name that tables and JSON have. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
