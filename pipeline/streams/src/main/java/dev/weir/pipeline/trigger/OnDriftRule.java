package dev.weir.pipeline.trigger;

import dev.weir.contracts.spec.Triggers;
import java.time.Instant;
import java.util.Optional;

/** Asks after an alarm, when enough new examples have come and the last request lies far enough. */
record OnDriftRule(Triggers.OnDrift drift) implements Rule {
  @Override
  public Optional<Firing> fires(TriggerState state, Instant now) {
    boolean isDue =
        state.alarmAt() != null && state.fresh() >= drift.waitForExamples() && isCool(state, now);
    if (!isDue) {
      return Optional.empty();
    }
    String reason = state.alarmText() + "; " + state.fresh() + " examples since";
    return Optional.of(new Firing("drift", reason, drift.window()));
  }

  private boolean isCool(TriggerState state, Instant now) {
    return Optional.ofNullable(state.lastRequestAt())
        .map(last -> !now.isBefore(last.plus(drift.cooldown())))
        .orElse(true);
  }
}
