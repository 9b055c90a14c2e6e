package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One reason to ask for a training, judged at each tick while no request is open. */
interface Rule {
  /** Returns what it asks for, if it is due. */
  Optional<Firing> fires(TriggerState state, Instant now);

  /** Returns whether a training that would not pay its energy is skipped. */
  boolean isEconomical();

  /**
   * What a rule asks for.
   *
   * @param trigger the rule's name in the request
   * @param reason the reason in words, with its numbers
   * @param window how many of the last examples to train on
   * @param signals the alarms behind it
   * @param facts the numbers behind it, beside those of the examples
   */
  record Firing(
      String trigger,
      String reason,
      long window,
      List<Signal> signals,
      Map<String, Double> facts) {}
}
