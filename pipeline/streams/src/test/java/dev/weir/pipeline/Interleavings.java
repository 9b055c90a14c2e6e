package dev.weir.pipeline;

import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.testkit.gen.Gen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows and labels of 300 events in an order of arrival that differs from case to case. */
final class Interleavings {
  private static final int EVENTS = 300;
  private static final int ROWS_WITHIN = 120;

  private Interleavings() {}

  static List<Arrival> of(Gen gen, String prefix, int within) {
    List<List<Arrival>> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(event(gen, prefix + i, within));
    }
    return interleave(gen, events);
  }

  /** One event's records: in time or late, alone, twice or with another value. */
  private static List<Arrival> event(Gen gen, String id, int within) {
    int minute = gen.intBetween(0, 600);
    int labelMinute = minute + gen.intBetween(0, gen.chance(0.2) ? 2 * within : within);
    int value = gen.intBetween(0, 1);
    List<Arrival> records = new ArrayList<>();
    boolean hasRow = gen.chance(0.9);
    if (hasRow) {
      records.add(new Arrival(id, minute, null, 0));
    }
    if (!hasRow || gen.chance(0.8)) {
      records.add(new Arrival(id, labelMinute, value, 0));
      if (gen.chance(0.2)) {
        records.add(new Arrival(id, labelMinute, value, 0));
      }
      if (gen.chance(0.2)) {
        records.add(new Arrival(id, minute + gen.intBetween(0, within), 1 - value, 0));
      }
    }
    if (hasRow && gen.chance(0.2)) {
      records.add(new Arrival(id, minute, null, 0));
    }
    return gen.shuffle(records);
  }

  /** Mixes the events' records: about by time, with a disorder that differs from case to case. */
  private static List<Arrival> interleave(Gen gen, List<List<Arrival>> events) {
    int disorder = gen.pick(List.of(1, 60, 300, 5000));
    TreeMap<Double, Deque<Arrival>> queue = new TreeMap<>();
    for (List<Arrival> each : events) {
      for (Arrival record : each) {
        double place = record.minute() + gen.doubleBetween(0, disorder);
        queue.computeIfAbsent(place, p -> new ArrayDeque<>()).add(record);
      }
    }
    List<Arrival> arrivals = new ArrayList<>();
    queue
        .values()
        .forEach(
            same ->
                same.forEach(
                    r ->
                        arrivals.add(new Arrival(r.id(), r.minute(), r.value(), arrivals.size()))));
    return arrivals;
  }

  /**
   * Publishes with ticks that, as the driver's do, never pass what has yet to come for the first
   * time.
   *
   * @param labelsWithin how far a tick may pass an event whose first label is to come, in minutes
   */
  static void publish(
      Gen gen, List<Arrival> arrivals, PipelineDriver pipeline, int start, int labelsWithin) {
    int[] safe = safeTicks(arrivals, labelsWithin);
    int last = 0;
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      if (arrival.value() == null) {
        pipeline.feature(arrival.id(), start + arrival.minute());
      } else {
        pipeline.label(arrival.id(), start + arrival.minute(), arrival.value());
      }
      if (safe[i] > last && gen.chance(0.3)) {
        last = safe[i];
        pipeline.tick(start + last);
      }
    }
    pipeline.tick(start + 2000);
  }

  /**
   * The latest tick after each arrival that passes no event by so much that its first row, or its
   * first label, would no longer count.
   */
  private static int[] safeTicks(List<Arrival> arrivals, int labelsWithin) {
    Map<String, Integer> firstRow = new HashMap<>();
    Map<String, Integer> firstLabel = new HashMap<>();
    Map<String, Integer> earliest = new HashMap<>();
    for (int i = 0; i < arrivals.size(); i++) {
      Arrival arrival = arrivals.get(i);
      (arrival.value() == null ? firstRow : firstLabel).putIfAbsent(arrival.id(), i);
      earliest.merge(arrival.id(), arrival.minute(), Math::min);
    }
    int[] safe = new int[arrivals.size()];
    int bound = 1999;
    for (int i = arrivals.size() - 1; i >= 0; i--) {
      safe[i] = bound;
      String id = arrivals.get(i).id();
      if (Integer.valueOf(i).equals(firstRow.get(id))) {
        bound = Math.min(bound, earliest.get(id) + ROWS_WITHIN);
      } else if (Integer.valueOf(i).equals(firstLabel.get(id))) {
        bound = Math.min(bound, earliest.get(id) + labelsWithin);
      }
    }
    return safe;
  }
}
