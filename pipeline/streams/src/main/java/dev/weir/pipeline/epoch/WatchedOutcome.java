package dev.weir.pipeline.epoch;

import static java.util.Objects.requireNonNull;

import dev.weir.pipeline.monitor.Watched;

/**
 * An outcome on its way to the monitors.
 *
 * @param partition the partition of its event
 * @param outcome the outcome
 */
public record WatchedOutcome(int partition, Watched outcome) {
  public WatchedOutcome {
    requireNonNull(outcome, "outcome");
  }
}
