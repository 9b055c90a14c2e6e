package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.control.TrainingRequest;

/** Where a trigger's decisions go. */
public interface TriggerOutput {
  /** Takes a request, which is open from now on. */
  void request(TrainingRequest request);

  /** Takes the news that a training was skipped because it would not pay. */
  void skipped(Signal signal);

  /** Takes the answer to an order that was decided now. */
  void answer(TrainingOrder order, OrderAnswer answer);

  /** Takes the answer to an order that came before, as it was given then. */
  void answerAgain(OrderAnswer answer);
}
