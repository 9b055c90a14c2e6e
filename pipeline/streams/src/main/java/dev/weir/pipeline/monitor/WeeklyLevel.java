package dev.weir.pipeline.monitor;

import dev.weir.statistics.multiple.SpentLevel;
import java.time.Duration;
import java.time.Instant;

/**
 * The levels of a series of tests, of which as many fall into a week of event time as happen to:
 * the k-th of a week gets {@code α · 6 / (π² k²)}. So the chance of any false rejection in a week
 * is at most α, whatever the number of tests and the dependence between them; a level spent over
 * all time would grow deaf. Weeks begin on Monday, 00:00 UTC. Not thread-safe.
 */
final class WeeklyLevel {
  private static final long WEEK = Duration.ofDays(7).toSeconds();

  /** 1970-01-01 was a Thursday. */
  private static final long FROM_MONDAY = Duration.ofDays(3).toSeconds();

  private final double alpha;
  private long week;
  private long tests;

  /** What outlives a restart. */
  record State(long week, long tests) {}

  /**
   * Creates a series without a test.
   *
   * @param alpha the level of a week, in (0, 1)
   */
  WeeklyLevel(double alpha) {
    this.alpha = alpha;
  }

  /** Returns the level of the next test, which happens at {@code now}. */
  double next(Instant now) {
    long current = Math.floorDiv(now.getEpochSecond() + FROM_MONDAY, WEEK);
    if (current != week) {
      week = current;
      tests = 0;
    }
    return SpentLevel.of(alpha, ++tests);
  }

  State state() {
    return new State(week, tests);
  }

  void restore(State state) {
    week = state.week();
    tests = state.tests();
  }
}
