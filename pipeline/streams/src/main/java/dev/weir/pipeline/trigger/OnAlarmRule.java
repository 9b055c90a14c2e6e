package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.spec.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks after an alarm of one kind, when enough new examples have come and the last request lies far
 * enough.
 *
 * @param kind the kind of alarm, also the rule's name in requests
 * @param pace how long it waits, and on what it trains
 * @param isEconomical whether a training that would not pay is skipped
 */
record OnAlarmRule(String kind, Triggers.Pace pace, boolean isEconomical) implements Rule {
  @Override
  public Optional<Firing> fires(TriggerState state, Instant now) {
    TriggerState.Alarm alarm = state.alarms().get(kind);
    if (alarm == null
        || state.fresh(alarm) < pace.waitForExamples()
        || !state.isCool(now, pace.cooldown())) {
      return Optional.empty();
    }
    long fresh = state.fresh(alarm);
    String reason = text(alarm.signal()) + "; " + fresh + " examples since";
    Map<String, Double> facts =
        Map.of("freshExamples", (double) fresh, "waitForExamples", (double) pace.waitForExamples());
    return Optional.of(new Firing(kind, reason, pace.window(), List.of(alarm.signal()), facts));
  }

  private static String text(Signal alarm) {
    String what =
        alarm.detector() + " alarm on the " + alarm.signal() + " of v" + alarm.version() + ": ";
    Double before = alarm.facts().get("meanBefore");
    Double after = alarm.facts().get("meanAfter");
    if (before != null && after != null) {
      return what + String.format(Locale.ROOT, "mean %.3f before, %.3f after", before, after);
    }
    return what
        + alarm.facts().entrySet().stream()
            .map(fact -> String.format(Locale.ROOT, "%s %.4g", fact.getKey(), fact.getValue()))
            .collect(Collectors.joining(", "));
  }
}
