package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.statistics.drift.Adwin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * ADWIN on the champion's signed residual {@code (p − y + 1) / 2}, begun anew with each champion.
 * (On the error it is blind to a drift in which the model goes on predicting what no longer comes.)
 */
public final class ResidualDrift implements Monitor {
  private final ModelSpec spec;
  private final List<Signal> alarms = new ArrayList<>();
  private int version;
  private Adwin adwin;

  private record State(int version, byte[] adwin, List<Signal> alarms) {}

  /** Creates the monitor of a model. */
  public ResidualDrift(ModelSpec spec) {
    this.spec = spec;
    this.adwin = fresh();
  }

  private Adwin fresh() {
    return new Adwin(spec.triggers().drift().delta());
  }

  @Override
  public String name() {
    return "adwin";
  }

  @Override
  public void champion(int champion, @Nullable ReferenceProfile reference) {
    if (champion != version) {
      version = champion;
      adwin = fresh();
    }
  }

  @Override
  public void rows(RowTally tally) {
    // A residual needs a label.
  }

  @Override
  public void outcome(Watched outcome) {
    if (!outcome.isDecisionOf(version)) {
      return;
    }
    double before = adwin.estimation();
    if (adwin.update((outcome.probability() - outcome.label() + 1) / 2)) {
      alarms.add(alarm(outcome, before));
    }
  }

  private Signal alarm(Watched outcome, double before) {
    Map<String, Double> facts =
        Map.of(
            "meanBefore", 2 * before - 1,
            "meanAfter", 2 * adwin.estimation() - 1,
            "width", (double) adwin.width());
    return new Signal(
        spec.model(), version, "drift", "adwin", "residual", true, outcome.labelTime(), facts);
  }

  /** Returns the alarms since the last tick, each with the label time of its last outcome. */
  @Override
  public List<Signal> tick(Instant now) {
    List<Signal> raised = List.copyOf(alarms);
    alarms.clear();
    return raised;
  }

  @Override
  public byte[] toBytes() {
    return Json.write(new State(version, adwin.toBytes(), alarms));
  }

  @Override
  public void restore(byte[] state) {
    State kept = Json.read(state, State.class);
    version = kept.version();
    adwin = Adwin.fromBytes(kept.adwin());
    alarms.clear();
    alarms.addAll(kept.alarms());
  }
}
