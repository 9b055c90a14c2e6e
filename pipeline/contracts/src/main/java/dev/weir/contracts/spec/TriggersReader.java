package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads {@code triggers}. */
final class TriggersReader {
  private final YamlDocument yaml;

  TriggersReader(YamlDocument yaml) {
    this.yaml = yaml;
  }

  /** Returns what starts a training. */
  Triggers read() {
    JsonNode t = yaml.at("/triggers");
    JsonNode drift = t.path("drift");
    return new Triggers(
        new Triggers.OnVolume(t.path("volume").path("examples").asInt()),
        new Triggers.OnDrift(
            drift.path("delta").asDouble(0.002),
            drift.path("waitForExamples").asInt(300),
            drift.path("window").asInt(1000),
            yaml.duration("/triggers/drift/cooldown", "P1D")));
  }
}
