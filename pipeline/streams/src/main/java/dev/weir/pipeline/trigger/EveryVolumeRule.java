package dev.weir.pipeline.trigger;

import dev.weir.contracts.spec.Triggers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks each time that so many examples have come since the last request, while a version serves.
 */
record EveryVolumeRule(Triggers.OnVolume volume) implements Rule {
  @Override
  public Optional<Firing> fires(TriggerState state, Instant now) {
    if (!state.hasChampion()
        || state.fresh() < volume.every()
        || !state.isCool(now, volume.cooldown())) {
      return Optional.empty();
    }
    Map<String, Double> facts =
        Map.of("freshExamples", (double) state.fresh(), "every", (double) volume.every());
    String reason = state.fresh() + " examples since the last request";
    return Optional.of(new Firing("volume", reason, volume.window(), List.of(), facts));
  }

  @Override
  public boolean isEconomical() {
    return true;
  }
}
