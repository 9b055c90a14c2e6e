package dev.weir.testkit.events;

import dev.weir.testkit.events.Event.Fate;
import dev.weir.testkit.gen.Gen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A generated stream: events with their truth, and the records that a producer would publish.
 *
 * <p>The amount is uniform over [0, 1), the probability of label 1 is 0.1 + 0.8 · amount, and under
 * concept drift 0.9 − 0.8 · amount. So without drift the base rate is 1/2, and the AUC of the true
 * probability ∫ 2p(u) · ∫₀ᵘ 2(1 − p(v)) dv du = 23/30.
 */
public final class EventStream {
  private static final double LOWEST = 0.1;
  private static final double SPAN = 0.8;

  private final StreamRules rules;
  private final List<Event> events;
  private final List<UserRecord> records;

  private EventStream(StreamRules rules, List<Event> events, List<UserRecord> records) {
    this.rules = rules;
    this.events = List.copyOf(events);
    this.records = List.copyOf(records);
  }

  /** Returns the stream of these rules. */
  public static EventStream of(StreamRules rules) {
    Gen gen = Gen.of(rules.seed());
    List<Event> events = new ArrayList<>(rules.events());
    for (int i = 0; i < rules.events(); i++) {
      events.add(event(gen, rules, i));
    }
    return new EventStream(rules, events, published(gen, rules, events));
  }

  private static Event event(Gen gen, StreamRules rules, int position) {
    boolean isNew = gen.chance(rules.drift().share(position));
    double amount = gen.doubleBetween(0, 1);
    if (isNew && rules.drift().what() == Drift.What.COVARIATE) {
      amount = (1 + amount) / 2;
    }
    boolean isFlipped = isNew && rules.drift().what() == Drift.What.CONCEPT;
    double probability = LOWEST + SPAN * (isFlipped ? 1 - amount : amount);
    String shop = gen.pick(List.of("north", "south"));
    int label = gen.chance(probability) ? 1 : 0;
    Fate fate = fate(gen.doubleBetween(0, 1), rules.faults());
    Instant time = rules.start().plus(rules.every().multipliedBy(position));
    Duration delay =
        rules.labelAfter().plus(fate == Fate.LATE ? rules.labelWithin() : Duration.ZERO);
    // A late label is late even where labels come at once.
    Instant known = time.plus(delay).plusMillis(fate == Fate.LATE ? 1 : 0);
    return new Event("e" + position, time, amount, shop, probability, label, known, fate);
  }

  private static Fate fate(double draw, Faults faults) {
    if (draw < faults.missing()) {
      return Fate.MISSING;
    }
    if (draw < faults.missing() + faults.late()) {
      return Fate.LATE;
    }
    return draw < faults.missing() + faults.late() + faults.unknown()
        ? Fate.UNKNOWN
        : Fate.LABELLED;
  }

  private static List<UserRecord> published(Gen gen, StreamRules rules, List<Event> events) {
    List<UserRecord> records = new ArrayList<>();
    for (Event event : events) {
      if (event.fate() != Fate.UNKNOWN) {
        add(gen, rules, records, new UserRecord(false, event.time(), feature(event)));
      }
      if (event.fate() != Fate.MISSING) {
        add(gen, rules, records, new UserRecord(true, event.labelTime(), label(event)));
      }
    }
    records.sort(Comparator.comparing(UserRecord::time));
    return disordered(gen, records, rules.faults().disorder());
  }

  private static void add(Gen gen, StreamRules rules, List<UserRecord> records, UserRecord record) {
    int copies = gen.chance(rules.faults().duplicate()) ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      records.add(record);
    }
  }

  /** Sorts by place plus a random number in [0, disorder]: nobody moves further than that. */
  private static List<UserRecord> disordered(Gen gen, List<UserRecord> records, int disorder) {
    record Placed(int place, UserRecord record) {}
    List<Placed> placed = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      placed.add(new Placed(i + gen.intBetween(0, disorder), records.get(i)));
    }
    placed.sort(Comparator.comparingInt(Placed::place));
    return placed.stream().map(Placed::record).toList();
  }

  private static String feature(Event event) {
    return String.format(
        Locale.ROOT,
        "{\"id\": \"%s\", \"at\": \"%s\", \"shop\": \"%s\", \"amount\": %.6f}",
        event.id(),
        event.time(),
        event.shop(),
        event.amount());
  }

  private static String label(Event event) {
    return String.format(
        Locale.ROOT,
        "{\"id\": \"%s\", \"at\": \"%s\", \"shop\": \"%s\", \"late\": %d}",
        event.id(),
        event.labelTime(),
        event.shop(),
        event.label());
  }

  /** Returns the rules that it was generated from. */
  public StreamRules rules() {
    return rules;
  }

  /** Returns all events, in the order of time, those that are never published too. */
  public List<Event> events() {
    return events;
  }

  /** Returns the records of both topics, in the order in which they are published. */
  public List<UserRecord> records() {
    return records;
  }

  /** Returns how many events have a fate. */
  public long count(Fate fate) {
    return events.stream().filter(event -> event.fate() == fate).count();
  }

  /** Returns how many records are copies. */
  public long copies() {
    return records.size() - records.stream().distinct().count();
  }
}
