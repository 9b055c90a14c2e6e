package dev.weir.pipeline.epoch;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.monitor.Monitor;
import dev.weir.pipeline.monitor.RowTally;
import dev.weir.pipeline.monitor.Watched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** All monitors of a model as one, kept once per tick; not thread-safe. */
final class HostedMonitors {
  private static final String CHAMPION = "champion";
  private static final String MONITOR = "monitor/";

  private final List<Monitor> monitors;
  private final EpochState state;

  /** Creates the host and restores what was kept. */
  HostedMonitors(List<Monitor> monitors, EpochState state) {
    this.monitors = List.copyOf(monitors);
    this.state = state;
    for (Monitor monitor : this.monitors) {
      byte[] kept = state.get(MONITOR + monitor.name());
      if (kept != null) {
        monitor.restore(kept);
      }
    }
    byte[] champion = state.get(CHAMPION);
    if (champion != null) {
      tell(Json.read(champion, Broadcast.Champion.class));
    }
  }

  void champion(Broadcast.Champion champion) {
    state.put(CHAMPION, Json.write(champion));
    tell(champion);
  }

  private void tell(Broadcast.Champion champion) {
    monitors.forEach(each -> each.champion(champion.version(), champion.reference()));
  }

  void rows(RowTally tally) {
    monitors.forEach(each -> each.rows(tally));
  }

  void outcome(Watched outcome) {
    monitors.forEach(each -> each.outcome(outcome));
  }

  /** Returns what all have to say at a tick, and keeps their states. */
  List<Signal> tick(Instant now) {
    List<Signal> signals = new ArrayList<>();
    for (Monitor monitor : monitors) {
      signals.addAll(monitor.tick(now));
      state.put(MONITOR + monitor.name(), monitor.toBytes());
    }
    return signals;
  }
}
