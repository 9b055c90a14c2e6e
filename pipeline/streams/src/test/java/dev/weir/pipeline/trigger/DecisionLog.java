package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.serde.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Everything that a trigger has decided, by kind and in order. */
final class DecisionLog implements TriggerOutput {
  final List<TrainingRequest> requests = new ArrayList<>();
  final List<Signal> skips = new ArrayList<>();
  final List<OrderAnswer> answers = new ArrayList<>();
  final List<OrderAnswer> answersAgain = new ArrayList<>();
  final List<String> all = new ArrayList<>();

  /** A journal that keeps nothing. */
  static Orders.Journal forgetful() {
    return new Orders.Journal() {
      @Override
      public void put(long number, OrderAnswer answer) {}

      @Override
      public void delete(long number) {}
    };
  }

  @Override
  public void request(TrainingRequest request) {
    requests.add(request);
    log(request);
  }

  @Override
  public void skipped(Signal signal) {
    skips.add(signal);
    log(signal);
  }

  @Override
  public void answer(TrainingOrder order, OrderAnswer answer) {
    answers.add(answer);
    log(answer);
  }

  @Override
  public void answerAgain(OrderAnswer answer) {
    answersAgain.add(answer);
    log(answer);
  }

  private void log(Object decision) {
    all.add(new String(Json.write(decision), StandardCharsets.UTF_8));
  }
}
