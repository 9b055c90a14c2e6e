package dev.weir.pipeline;

import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.joinoracle.BatchJoin.Kind;
import dev.weir.testkit.gen.Gen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of many events in an order of arrival that differs from case to case, and how far
 * event time may have come after each.
 *
 * @param arrivals the records, in order
 * @param ticks the tick after each record in minutes, 0 for none
 */
record Interleavings(List<Arrival> arrivals, int[] ticks) {
  /** By this minute nothing is open any more, and by that nothing is remembered. */
  static final int END = 2000;

  static final int FORGOTTEN = 2500;
  private static final int SPAN = 600;
  private static final int PER_ENTITY = 20;

  /**
   * What comes, besides rows and labels.
   *
   * @param events how many events
   * @param within minutes in which a label counts
   * @param labelsWithin how far a tick may pass an event whose labels are to come, in minutes
   * @param hasDecisions whether some events are decided on
   * @param hasErasures whether some entities are erased
   */
  record Shape(
      int events, int within, int labelsWithin, boolean hasDecisions, boolean hasErasures) {}

  static Interleavings of(Gen gen, String prefix, Shape shape) {
    List<Arrival> records = new ArrayList<>();
    for (int i = 0; i < shape.events(); i++) {
      event(gen, prefix + i, prefix + "c" + i / PER_ENTITY, shape, records);
    }
    if (shape.hasErasures()) {
      for (int i = 0; i * PER_ENTITY < shape.events(); i += 3) {
        String entity = prefix + "c" + i;
        records.add(new Arrival(Kind.ERASURE, entity, entity, gen.intBetween(0, SPAN), 0, 0));
      }
    }
    List<Arrival> arrivals = shuffled(gen, records);
    return new Interleavings(arrivals, ticks(gen, arrivals, shape));
  }

  /** One event's records: in time or late, alone, twice or with another value. */
  private static void event(Gen gen, String id, String entity, Shape shape, List<Arrival> records) {
    int within = shape.within();
    int minute = gen.intBetween(0, SPAN);
    int labelMinute = minute + gen.intBetween(0, gen.chance(0.2) ? 2 * within : within);
    int value = gen.intBetween(0, 1);
    boolean hasRow = gen.chance(0.9);
    if (hasRow) {
      records.add(new Arrival(Kind.ROW, id, entity, minute, 0, 0));
    }
    if (!hasRow || gen.chance(0.8)) {
      records.add(new Arrival(Kind.LABEL, id, entity, labelMinute, value, 0));
      if (gen.chance(0.2)) {
        records.add(new Arrival(Kind.LABEL, id, entity, labelMinute, value, 0));
      }
      if (gen.chance(0.2)) {
        int other = minute + gen.intBetween(0, within);
        records.add(new Arrival(Kind.LABEL, id, entity, other, 1 - value, 0));
      }
      if (gen.chance(0.1)) {
        int other = minute + gen.intBetween(0, 2 * within);
        records.add(new Arrival(Kind.LABEL, id, entity, other, value, 0));
      }
    }
    if (hasRow && gen.chance(0.2)) {
      records.add(new Arrival(Kind.ROW, id, entity, minute, 0, 0));
    }
    if (shape.hasDecisions() && gen.chance(0.5)) {
      records.add(new Arrival(Kind.DECISION, id, entity, minute, gen.intBetween(0, 1), 0));
    }
  }

  /** Mixes records: about by time, with a disorder that differs from case to case. */
  private static List<Arrival> shuffled(Gen gen, List<Arrival> records) {
    int disorder = gen.pick(List.of(1, 60, 300, 5000));
    record Placed(double place, Arrival arrival) {}
    List<Placed> placed = new ArrayList<>();
    for (Arrival each : records) {
      placed.add(new Placed(each.minute() + gen.doubleBetween(0, disorder), each));
    }
    placed.sort(Comparator.comparingDouble(Placed::place));
    List<Arrival> arrivals = new ArrayList<>();
    for (Placed each : placed) {
      Arrival a = each.arrival();
      arrivals.add(
          new Arrival(a.kind(), a.id(), a.entity(), a.minute(), a.value(), arrivals.size()));
    }
    return arrivals;
  }

  /**
   * Ticks that, as the driver's do, never pass an event by so much that what has yet to come of it
   * would no longer count: a row or a decision by {@code within}, a label by {@code labelsWithin}.
   */
  private static int[] ticks(Gen gen, List<Arrival> arrivals, Shape shape) {
    Map<String, Integer> earliest = new HashMap<>();
    for (Arrival each : arrivals) {
      earliest.merge(each.id(), each.minute(), Math::min);
    }
    int[] ticks = new int[arrivals.size()];
    int bound = END - 1;
    for (int i = arrivals.size() - 1; i >= 0; i--) {
      ticks[i] = bound;
      Arrival each = arrivals.get(i);
      int allowed = each.kind() == Kind.LABEL ? shape.labelsWithin() : shape.within();
      bound = Math.min(bound, earliest.get(each.id()) + allowed);
    }
    int last = 0;
    for (int i = 0; i < ticks.length; i++) {
      boolean isDue = ticks[i] > last && gen.chance(0.3);
      last = isDue ? ticks[i] : last;
      ticks[i] = isDue ? last : 0;
    }
    return ticks;
  }

  long count(Kind kind) {
    return arrivals.stream().filter(a -> a.kind() == kind).count();
  }

  boolean has(String id) {
    return arrivals.stream().anyMatch(a -> a.id().equals(id));
  }

  /** Publishes everything, and lets all of it expire. */
  void publish(JoinDriver join, int start) {
    for (int i = 0; i < ticks.length; i++) {
      join.send(arrivals.get(i), start);
      if (ticks[i] > 0) {
        join.tick(start + ticks[i]);
      }
    }
    join.tick(start + END);
    join.tick(start + FORGOTTEN);
  }
}
