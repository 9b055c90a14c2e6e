package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.trigger.EpochExamples;
import dev.weir.pipeline.trigger.ExampleHistory;
import dev.weir.pipeline.trigger.Orders;
import dev.weir.pipeline.trigger.Trigger;
import dev.weir.pipeline.trigger.TriggerOutput;
import dev.weir.pipeline.trigger.TriggerState;
import java.time.Instant;

/** The trigger of a model, kept after each tick and each order; not thread-safe. */
final class HostedTrigger {
  private static final String TRIGGER = "trigger";
  private static final String HISTORY = "history";

  private final SpecGeneration generation;
  private final EpochState state;
  private final ExampleHistory history;
  private final Trigger trigger;

  /** Creates the host and restores what was kept. */
  HostedTrigger(
      ModelSpec spec,
      SpecGeneration generation,
      TopicNames names,
      EpochState state,
      TriggerOutput output) {
    this.generation = generation;
    this.state = state;
    this.history =
        new ExampleHistory(names.of(Topics.EXAMPLES), Trigger.longestWindow(spec), state.journal());
    Orders orders = new Orders(spec.triggers().operator(), history, orderJournal(state));
    this.trigger =
        new Trigger(spec, generation.requestPrefix(spec.model()), history, orders, output);
    byte[] kept = state.get(HISTORY);
    if (kept != null) {
      history.restore(Json.read(kept, ExampleHistory.Totals.class), state.keptExamples());
    }
    byte[] remembered = state.get(TRIGGER);
    if (remembered != null) {
      trigger.restore(Json.read(remembered, TriggerState.class));
    }
    orders.restore(state.keptOrders());
  }

  private static Orders.Journal orderJournal(EpochState state) {
    return new Orders.Journal() {
      @Override
      public void put(long number, OrderAnswer answer) {
        state.order(number, answer);
      }

      @Override
      public void delete(long number) {
        state.deleteOrder(number);
      }
    };
  }

  /** Returns the trigger, to be told what happened in an epoch. */
  Trigger trigger() {
    return trigger;
  }

  void examples(long epoch, EpochExamples examples) {
    trigger.examples(epoch, examples);
  }

  void signal(Signal signal) {
    trigger.signal(signal);
  }

  void order(TrainingOrder order) {
    trigger.order(order);
    keep();
  }

  /** Decides, unless another spec has taken over. */
  void tick(Instant now) {
    if (generation.to() == null) {
      trigger.decide(now);
    }
    keep();
  }

  private void keep() {
    state.put(TRIGGER, Json.write(trigger.state()));
    state.put(HISTORY, Json.write(history.totals()));
  }
}
