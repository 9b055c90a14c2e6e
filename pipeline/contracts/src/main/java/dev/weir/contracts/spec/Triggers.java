package dev.weir.contracts.spec;

import java.time.Duration;

/**
 * What starts a training.
 *
 * @param volume the first training
 * @param drift trainings after an alarm
 */
public record Triggers(OnVolume volume, OnDrift drift) {
  /**
   * Fires while no version serves.
   *
   * @param examples labelled examples needed, since the last request where that came to nothing
   */
  public record OnVolume(int examples) {}

  /**
   * Fires after an ADWIN alarm on the champion's signed residual (p − y + 1) / 2, and again after a
   * candidate that failed or was refused, until one is promoted.
   *
   * @param delta ADWIN's confidence parameter
   * @param waitForExamples examples to wait for after the alarm, or after a request in vain
   * @param window the most recent examples to train on, hold-out included
   * @param cooldown shortest event time between two requests
   */
  public record OnDrift(double delta, int waitForExamples, int window, Duration cooldown) {}
}
