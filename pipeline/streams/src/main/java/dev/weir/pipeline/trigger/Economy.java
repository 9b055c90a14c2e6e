package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Triggers;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a training is worth its energy, by what the last ones gave for theirs. After so many
 * skips one is made all the same, or a poor past would end all trainings for ever. Immutable.
 */
final class Economy {
  static final String KIND = "economy";

  private final String model;
  private final Triggers.@Nullable Economy terms;

  Economy(ModelSpec spec) {
    this.model = spec.model();
    this.terms = spec.triggers().economy();
  }

  /** Returns the news of a skip, if what is due does not pay; empty where that is not known. */
  Optional<Signal> skips(Rule rule, Rule.Firing firing, TriggerState state, Instant now) {
    if (terms == null || !rule.isEconomical() || state.skips() >= terms.mostSkips()) {
      return Optional.empty();
    }
    Triggers.Economy asked = terms;
    return state
        .gains()
        .over(asked.over())
        .filter(last -> last.perKilojoule() < asked.minimumGainPerKilojoule())
        .map(last -> skip(last, asked, firing, state, now));
  }

  private Signal skip(
      Gains.Yield last,
      Triggers.Economy asked,
      Rule.Firing firing,
      TriggerState state,
      Instant now) {
    TriggerState.Champion champion = state.champion();
    Map<String, Double> facts =
        Map.of(
            "gainPerKilojoule", last.perKilojoule(),
            "minimumGainPerKilojoule", asked.minimumGainPerKilojoule(),
            "trainings", (double) asked.over(),
            "gain", last.gain(),
            "joules", last.joules(),
            "isMeasured", last.method().equals("measured") ? 1.0 : 0.0,
            "skipsInARow", state.skips() + 1.0);
    return new Signal(
        model,
        champion == null ? 0 : champion.version(),
        KIND,
        "gain-per-kilojoule",
        firing.trigger(),
        false,
        now,
        facts);
  }
}
