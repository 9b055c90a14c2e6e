package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Signal;
import java.util.List;
import java.util.Optional;

/** Looks into signals. */
final class Alarms {
  private Alarms() {}

  /** Returns what the alarms are about, each once, in their order. */
  static List<String> in(List<Signal> signals) {
    return signals.stream().filter(Signal::isAlarm).map(Signal::signal).distinct().toList();
  }

  /** Returns the last signal about something. */
  static Signal last(List<Signal> signals, String what) {
    Optional<Signal> found =
        signals.stream().filter(each -> each.signal().equals(what)).reduce((a, b) -> b);
    assertThat(found).as(what).isPresent();
    return found.orElseThrow();
  }

  /** Returns a number behind a signal. */
  static double fact(Signal signal, String name) {
    assertThat(signal.facts()).containsKey(name);
    return signal.facts().get(name);
  }
}
