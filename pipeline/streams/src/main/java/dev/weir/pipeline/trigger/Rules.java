package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Triggers;
import dev.weir.contracts.spec.Triggers.AlarmKind;
import dev.weir.contracts.spec.Triggers.DriftSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of a spec, and which alarms they wait for; immutable. */
final class Rules {
  private static final String DRIFT = "drift";

  private final Triggers triggers;
  private final Set<String> features;
  private final List<Rule> rules;

  Rules(ModelSpec spec) {
    this.triggers = spec.triggers();
    this.features = Set.copyOf(spec.featureNames());
    this.rules = List.copyOf(rules(triggers));
  }

  private static List<Rule> rules(Triggers triggers) {
    List<Rule> rules = new ArrayList<>();
    rules.add(new OnVolumeRule(triggers.volume()));
    rules.add(new OnAlarmRule(DRIFT, triggers.drift().pace(), true));
    triggers
        .alarms()
        .forEach(
            (kind, pace) ->
                rules.add(new OnAlarmRule(kind.id(), pace, kind != AlarmKind.FAIRNESS)));
    if (triggers.schedule() != null) {
      rules.add(new OnScheduleRule(triggers.schedule()));
    }
    if (triggers.volume().every() > 0) {
      rules.add(new EveryVolumeRule(triggers.volume()));
    }
    return rules;
  }

  /** Returns them in their order: of several that are due at a tick the first one asks. */
  List<Rule> inOrder() {
    return rules;
  }

  /** Returns the kind under which an alarm waits; empty where no rule waits for it. */
  Optional<String> kindOf(Signal alarm) {
    if (alarm.kind().equals(DRIFT)) {
      return triggers.drift().signals().contains(about(alarm))
          ? Optional.of(DRIFT)
          : Optional.empty();
    }
    return triggers.alarms().keySet().stream()
        .map(AlarmKind::id)
        .filter(alarm.kind()::equals)
        .findFirst();
  }

  /** A feature may have any name, so it goes before the prediction's; ADWIN sees no features. */
  private DriftSignal about(Signal alarm) {
    if (alarm.detector().equals("adwin") && alarm.signal().equals("residual")) {
      return DriftSignal.RESIDUAL;
    }
    return alarm.signal().equals("prediction") && !features.contains("prediction")
        ? DriftSignal.PREDICTION
        : DriftSignal.FEATURES;
  }
}
