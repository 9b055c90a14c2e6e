package dev.weir.pipeline.trigger;

import java.time.Instant;
import java.util.Optional;

/** One reason to ask for a training, judged at each tick while no request is open. */
interface Rule {
  /** Returns what it asks for, if it is due. */
  Optional<Firing> fires(TriggerState state, Instant now);

  /**
   * What a rule asks for.
   *
   * @param trigger the rule's name in the request
   * @param reason the reason in words, with its numbers
   * @param window how many of the last examples to train on
   */
  record Firing(String trigger, String reason, long window) {}
}
