package dev.weir.contracts.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.spec.Triggers.AlarmKind;
import dev.weir.contracts.spec.Triggers.DriftSignal;
import dev.weir.contracts.spec.Triggers.Pace;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code triggers}. What a trigger does not say of its pace is as for drift. */
final class TriggersReader {
  private static final String AT = "/triggers";

  private final YamlDocument yaml;

  TriggersReader(YamlDocument yaml) {
    this.yaml = yaml;
  }

  /** Returns what starts a training. */
  Triggers read() {
    Triggers.OnDrift drift = drift();
    Triggers.OnVolume volume = volume(drift);
    return new Triggers(
        volume,
        drift,
        alarms(drift),
        schedule(drift),
        pace(AT + "/operator", "minimumExamples", Triggers.byHand(volume, drift)),
        economy());
  }

  private Triggers.OnDrift drift() {
    JsonNode drift = yaml.at(AT + "/drift");
    return new Triggers.OnDrift(
        drift.path("delta").asDouble(0.002),
        driftSignals(drift.path("signals")),
        drift.path("waitForExamples").asInt(300),
        drift.path("window").asInt(1000),
        yaml.duration(AT + "/drift/cooldown", "P1D"));
  }

  private static Set<DriftSignal> driftSignals(JsonNode node) {
    if (node.isMissingNode()) {
      return Set.of(DriftSignal.RESIDUAL);
    }
    List<String> named = YamlDocument.texts(node);
    Set<DriftSignal> signals = EnumSet.noneOf(DriftSignal.class);
    for (DriftSignal each : DriftSignal.values()) {
      if (named.contains(each.id())) {
        signals.add(each);
      }
    }
    return signals;
  }

  private Triggers.OnVolume volume(Triggers.OnDrift drift) {
    JsonNode volume = yaml.at(AT + "/volume");
    return new Triggers.OnVolume(
        volume.path("examples").asInt(),
        volume.path("every").asInt(0),
        volume.path("window").asInt(drift.window()),
        cooldown(AT + "/volume", Duration.ZERO));
  }

  private SortedMap<AlarmKind, Pace> alarms(Triggers.OnDrift drift) {
    SortedMap<AlarmKind, Pace> alarms = new TreeMap<>();
    for (AlarmKind kind : AlarmKind.values()) {
      String at = AT + "/" + kind.id();
      if (!yaml.at(at).isMissingNode()) {
        alarms.put(kind, pace(at, "waitForExamples", drift.pace()));
      }
    }
    return alarms;
  }

  private Triggers.@Nullable OnSchedule schedule(Triggers.OnDrift drift) {
    String at = AT + "/schedule";
    return yaml.at(at).isMissingNode()
        ? null
        : new Triggers.OnSchedule(
            yaml.duration(at + "/every", ""), pace(at, "waitForExamples", drift.pace()));
  }

  private Pace pace(String at, String examples, Pace otherwise) {
    JsonNode node = yaml.at(at);
    return new Pace(
        node.path(examples).asInt(otherwise.waitForExamples()),
        node.path("window").asInt(otherwise.window()),
        cooldown(at, otherwise.cooldown()));
  }

  private Duration cooldown(String at, Duration otherwise) {
    String pointer = at + "/cooldown";
    return yaml.at(pointer).isMissingNode() ? otherwise : yaml.duration(pointer, "");
  }

  private Triggers.@Nullable Economy economy() {
    JsonNode economy = yaml.at(AT + "/economy");
    return economy.isMissingNode()
        ? null
        : new Triggers.Economy(
            economy.path("minimumGainPerKilojoule").asDouble(),
            economy.path("over").asInt(3),
            economy.path("mostSkips").asInt(3));
  }
}
