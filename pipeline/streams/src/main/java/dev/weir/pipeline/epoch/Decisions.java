package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.trigger.TriggerOutput;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Forwards what the trigger decides, and counts it; an order goes into the ledger, too. */
final class Decisions implements TriggerOutput {
  private static final String KIND = "training-order";

  private final ProcessorContext<String, byte[]> context;
  private final String model;
  private final Counters counters;

  Decisions(ProcessorContext<String, byte[]> context, String model, Counters counters) {
    this.context = context;
    this.model = model;
    this.counters = counters;
  }

  @Override
  public void request(TrainingRequest request) {
    counters.add(Count.TRAININGS_REQUESTED);
    forward(EpochEnd.REQUESTS, request, request.requestedAt());
  }

  @Override
  public void skipped(Signal signal) {
    counters.add(Count.TRAININGS_SKIPPED);
    forward(EpochEnd.SIGNALS, signal, signal.eventTime());
  }

  @Override
  public void answer(TrainingOrder order, OrderAnswer answer) {
    if (!answer.isAccepted()) {
      counters.add(Count.ORDERS_REFUSED);
    }
    forward(EpochEnd.ANSWERS, answer, answer.answeredAt());
    forward(EpochEnd.LEDGER_ENTRIES, entry(order, answer), answer.answeredAt());
  }

  @Override
  public void answerAgain(OrderAnswer answer) {
    forward(EpochEnd.ANSWERS, answer, answer.answeredAt());
  }

  private LedgerEntry entry(TrainingOrder order, OrderAnswer answer) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("orderId", order.orderId());
    facts.put("orderedAt", order.orderedAt().toString());
    facts.put("reason", order.reason());
    facts.put("decision", answer.decision().name());
    facts.put("because", answer.reason());
    facts.put("training", answer.training());
    return new LedgerEntry(
        KIND,
        "operator " + order.orderedBy(),
        model,
        answer.requestId(),
        answer.answeredAt(),
        Json.tree(facts));
  }

  private void forward(String child, Object value, Instant time) {
    context.forward(new Record<>(model, Json.write(value), time.toEpochMilli()), child);
  }
}
