package dev.weir.pipeline.trigger;

import dev.weir.contracts.spec.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for the first version at enough examples, and again after as many while nothing serves. */
record OnVolumeRule(Triggers.OnVolume volume) implements Rule {
  @Override
  public Optional<Firing> fires(TriggerState state, Instant now) {
    if (state.hasChampion()
        || state.fresh() < volume.examples()
        || !state.isCool(now, volume.cooldown())) {
      return Optional.empty();
    }
    Map<String, Double> facts =
        Map.of(
            "freshExamples", (double) state.fresh(),
            "waitForExamples", (double) volume.examples());
    String reason = state.examples() + " labelled examples";
    return Optional.of(new Firing("volume", reason, state.examples(), List.of(), facts));
  }

  @Override
  public boolean isEconomical() {
    return false;
  }
}
