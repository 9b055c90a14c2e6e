package dev.weir.pipeline.trigger;

import dev.weir.contracts.spec.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks when the last request lies so far back in event time, while a version serves. Where this
 * trigger has made none, the time counts from when the version began to serve.
 */
record OnScheduleRule(Triggers.OnSchedule schedule) implements Rule {
  @Override
  public Optional<Firing> fires(TriggerState state, Instant now) {
    TriggerState.Champion champion = state.champion();
    if (champion == null
        || state.fresh() < schedule.pace().waitForExamples()
        || !state.isCool(now, schedule.pace().cooldown())) {
      return Optional.empty();
    }
    Instant last = state.lastRequestAt() == null ? champion.since() : state.lastRequestAt();
    if (now.isBefore(last.plus(schedule.every()))) {
      return Optional.empty();
    }
    Duration passed = Duration.between(last, now);
    Map<String, Double> facts =
        Map.of(
            "freshExamples", (double) state.fresh(),
            "waitForExamples", (double) schedule.pace().waitForExamples(),
            "secondsSince", (double) passed.toSeconds());
    String reason =
        passed
            + " since "
            + last
            + ", every "
            + schedule.every()
            + "; "
            + state.fresh()
            + " examples since";
    return Optional.of(new Firing("schedule", reason, schedule.pace().window(), List.of(), facts));
  }

  @Override
  public boolean isEconomical() {
    return true;
  }
}
