package dev.weir.app.scorecard;

import dev.weir.statistics.drift.DriftDetector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a detector did on seeded streams of one source and shape.
 *
 * @param streams how many streams
 * @param events events in all of them
 * @param alarms alarms in all of them
 * @param delays events from each change to the first alarm before the next change or the end,
 *     ascending; without the missed ones
 * @param missed changes without such an alarm
 * @param further alarms after the first one since a change
 */
public record Score(
    int streams, long events, long alarms, List<Integer> delays, int missed, int further) {
  public Score {
    delays = List.copyOf(delays);
  }

  /** Returns how the contender does on {@code streams} streams, seeded one after the other. */
  public static Score of(Contender contender, Source source, Shape shape, int streams, long seed) {
    long alarms = 0;
    int missed = 0;
    int further = 0;
    List<Integer> delays = new ArrayList<>();
    for (int k = 0; k < streams; k++) {
      List<Integer> found = alarms(contender.create(seed + k), source.stream(shape, seed + k));
      alarms += found.size();
      for (int c = 0; c < shape.changes().size(); c++) {
        int from = shape.changes().get(c);
        int to = c + 1 < shape.changes().size() ? shape.changes().get(c + 1) : shape.events();
        List<Integer> inside = found.stream().filter(i -> i >= from && i < to).toList();
        if (inside.isEmpty()) {
          missed++;
        } else {
          delays.add(inside.get(0) - from);
          further += inside.size() - 1;
        }
      }
    }
    Collections.sort(delays);
    return new Score(streams, (long) streams * shape.events(), alarms, delays, missed, further);
  }

  private static List<Integer> alarms(DriftDetector detector, double[] values) {
    List<Integer> alarms = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (detector.update(values[i])) {
        alarms.add(i);
      }
    }
    return alarms;
  }

  /** Returns the alarms per 100,000 events; on a stationary stream all of them are false. */
  public double alarmsPer100k() {
    return 1e5 * alarms / events;
  }

  /** Returns the changes there were. */
  public int changes() {
    return delays.size() + missed;
  }

  /**
   * Returns the median of the delays in events, a missed change being later than every other (lower
   * median); nothing where at least half are missed.
   */
  public OptionalInt medianDelay() {
    int middle = (changes() - 1) / 2;
    return changes() > 0 && middle < delays.size()
        ? OptionalInt.of(delays.get(middle))
        : OptionalInt.empty();
  }
}
