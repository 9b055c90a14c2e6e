package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.OrderAnswer.Decision;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.spec.Triggers;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Judges orders by hand by what they must keep to, and remembers those that were accepted, so that
 * an order that comes twice is one request. Not thread-safe.
 */
public final class Orders {
  /** How many accepted orders are remembered; an older one that comes again is a new order. */
  static final int REMEMBERED = 1_000;

  private final Triggers.Pace rules;
  private final ExampleHistory history;
  private final Journal journal;
  private final TreeMap<Long, OrderAnswer> accepted = new TreeMap<>();
  private final Map<String, OrderAnswer> byId = new HashMap<>();

  /** Keeps the answers to accepted orders by number, in the order in which they came. */
  public interface Journal {
    /** Keeps an answer. */
    void put(long number, OrderAnswer answer);

    /** Forgets an answer. */
    void delete(long number);
  }

  /** Creates the orders of a model that has seen none. */
  public Orders(Triggers.Pace rules, ExampleHistory history, Journal journal) {
    this.rules = rules;
    this.history = history;
    this.journal = journal;
  }

  /** Takes over what was kept. */
  public void restore(SortedMap<Long, OrderAnswer> kept) {
    accepted.putAll(kept);
    kept.values().forEach(answer -> byId.put(answer.orderId(), answer));
  }

  /** Returns the answer that an accepted order got before. */
  Optional<OrderAnswer> earlier(TrainingOrder order) {
    return Optional.ofNullable(byId.get(order.orderId()));
  }

  void remember(OrderAnswer answer) {
    long number = accepted.isEmpty() ? 1 : accepted.lastKey() + 1;
    accepted.put(number, answer);
    byId.put(answer.orderId(), answer);
    journal.put(number, answer);
    while (accepted.size() > REMEMBERED) {
      Map.Entry<Long, OrderAnswer> oldest = accepted.pollFirstEntry();
      byId.remove(oldest.getValue().orderId());
      journal.delete(oldest.getKey());
    }
  }

  /** Returns the answer to an order that was not accepted before. */
  OrderAnswer judge(TrainingOrder order, TriggerState state) {
    Instant now = state.now() == null ? order.orderedAt() : state.now();
    Choice choice = choice(order, state);
    Refusal refusal = refusal(choice, state, now);
    return new OrderAnswer(
        order.orderId(),
        order.model(),
        order.requestId(),
        refusal == null ? Decision.ACCEPTED : refusal.decision(),
        refusal == null ? choice.examples() + " examples" : refusal.reason(),
        refusal == null ? choice.ranges() : List.of(),
        now);
  }

  /**
   * What an order is for.
   *
   * @param examples how many
   * @param ranges where; empty where that is not known
   * @param flaw what is wrong with it; null for nothing
   */
  private record Choice(long examples, List<OffsetRange> ranges, @Nullable Refusal flaw) {}

  private record Refusal(Decision decision, String reason) {}

  private Choice choice(TrainingOrder order, TriggerState state) {
    TrainingOrder.Span span = order.span();
    if (span != null) {
      return spanned(span);
    }
    long all = state.examples();
    if (order.last() == null) {
      long some = state.hasChampion() ? history.kept(rules.window()) : all;
      return new Choice(some, history.last(some), null);
    }
    long wanted = Math.min(order.last(), all);
    if (history.kept(wanted) < wanted) {
      String reason =
          "the places of the last "
              + history.kept(wanted)
              + " examples are kept, not of "
              + wanted
              + "; name them by their times";
      return new Choice(wanted, List.of(), new Refusal(Decision.NOT_KEPT, reason));
    }
    return new Choice(wanted, history.last(wanted), null);
  }

  /** What came after the last tick is not known here yet, and left out. */
  private Choice spanned(TrainingOrder.Span span) {
    List<OffsetRange> known = new ArrayList<>();
    for (OffsetRange range : span.ranges()) {
      Optional<OffsetRange> part = history.knownPart(range);
      if (part.isEmpty()) {
        String reason = range + " lies not among " + history;
        return new Choice(0, List.of(), new Refusal(Decision.OUT_OF_RANGE, reason));
      }
      known.add(part.get());
    }
    long offsets = new TrainingOrder.Span(known, 0).offsets();
    return new Choice(Math.min(span.examples(), offsets), known, null);
  }

  private @Nullable Refusal refusal(Choice choice, TriggerState state, Instant now) {
    if (state.openRequest() != null) {
      return new Refusal(Decision.REQUEST_OPEN, "request " + state.openRequest() + " is open");
    }
    if (!state.isCool(now, rules.cooldown())) {
      return new Refusal(
          Decision.COOLING_DOWN,
          "the last request was at "
              + state.lastRequestAt()
              + ", the cooldown is "
              + rules.cooldown()
              + " and it is "
              + now);
    }
    if (choice.flaw() != null) {
      return choice.flaw();
    }
    if (choice.examples() < rules.waitForExamples()) {
      return new Refusal(
          Decision.TOO_FEW_EXAMPLES,
          choice.examples() + " examples, the spec asks for " + rules.waitForExamples());
    }
    return null;
  }
}
