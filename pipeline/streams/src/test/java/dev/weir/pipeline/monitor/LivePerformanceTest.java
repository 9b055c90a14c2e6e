package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.event.ServingRole;
import dev.weir.pipeline.monitor.Watching.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Windows of 500 outcomes, five ticks each. */
class LivePerformanceTest {
  private final Monitor monitor = new LivePerformance(MonitorStateTest.spec());
  private final Watching stream = new Watching(14, 1);

  LivePerformanceTest() {
    monitor.champion(1, null);
  }

  @Test
  void theFirstWindowIsMeasuredAndComparedWithNothing() {
    List<Signal> signals = stream.hours(5, monitor, Watching.REFERENCE, Shape.PLAIN);

    assertThat(signals)
        .extracting(Signal::signal)
        .containsExactly("brier", "auc", "calibrationError", "logLoss");
    assertThat(signals).noneMatch(Signal::isAlarm).noneMatch(s -> s.facts().containsKey("before"));
    assertThat(Alarms.fact(signals.get(0), "rows")).isEqualTo(500);
    assertThat(signals.get(0).kind()).isEqualTo("performance");
  }

  @Test
  void aModelThatStaysAsGoodIsNoNews() {
    assertThat(Alarms.in(stream.hours(300, monitor, Watching.REFERENCE, Shape.PLAIN))).isEmpty();
  }

  @Test
  void aModelWhoseProbabilitiesNoLongerHoldAlarms() {
    stream.hours(10, monitor, Watching.REFERENCE, Shape.PLAIN);

    List<Signal> signals = stream.hours(5, monitor, Watching.REFERENCE, Shape.PLAIN.worse(0.3));

    assertThat(Alarms.in(signals)).containsExactly("calibrationError");
    Signal alarm = Alarms.last(signals, "calibrationError");
    assertThat(Alarms.fact(alarm, "value")).isGreaterThan(Alarms.fact(alarm, "before") + 0.05);
    assertThat(Alarms.fact(alarm, "surelyAbove")).isPositive();
  }

  @Test
  void aModelThatNoLongerTellsClassesApartAlarms() {
    said(0.2, 0, 250);
    said(0.8, 1, 250);
    monitor.tick(Watching.START);
    said(0.2, 0, 125);
    said(0.2, 1, 125);
    said(0.8, 0, 125);
    said(0.8, 1, 125);

    assertThat(Alarms.in(monitor.tick(Watching.START))).contains("brier", "auc");
  }

  @Test
  void anAreaWithOneClassIsUndefinedAndNotZero() {
    said(0.2, 0, 250);
    said(0.8, 1, 250);
    monitor.tick(Watching.START);
    said(0.2, 0, 500);

    Signal auc = Alarms.last(monitor.tick(Watching.START), "auc");

    assertThat(auc.facts()).doesNotContainKey("value").containsEntry("positives", 0.0);
    assertThat(auc.isAlarm()).isFalse();
  }

  @Test
  void aTickWithManyOutcomesIsAsManyWindows() {
    said(0.2, 0, 1750);

    assertThat(monitor.tick(Watching.START)).hasSize(3 * 4);
    assertThat(monitor.tick(Watching.START)).isEmpty();
  }

  @Test
  void lossesAreThoseOfTheirDefinitions() {
    said(0.25, 0, 250);
    said(0.5, 1, 250);

    List<Signal> signals = monitor.tick(Watching.START);

    double brier = (0.0625 + 0.25) / 2;
    double logLoss = (-Math.log(0.75) - Math.log(0.5)) / 2;
    assertThat(Alarms.fact(Alarms.last(signals, "brier"), "value")).isCloseTo(brier, within(1e-12));
    assertThat(Alarms.fact(Alarms.last(signals, "logLoss"), "value"))
        .isCloseTo(logLoss, within(1e-12));
    assertThat(Alarms.fact(Alarms.last(signals, "calibrationError"), "value"))
        .isCloseTo((0.25 + 0.5) / 2, within(1e-12));
    assertThat(Alarms.fact(Alarms.last(signals, "auc"), "value")).isEqualTo(1);
  }

  @Test
  void whatAVersionThatDoesNotServeSaysIsNotMeasured() {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      monitor.outcome(outcome(i, 2, ServingRole.CHAMPION, 0.5, 1));
      monitor.outcome(outcome(i, 1, ServingRole.SHADOW, 0.5, 1));
    }
    signals.addAll(monitor.tick(Watching.START));

    assertThat(signals).isEmpty();
  }

  private void said(double probability, double label, int count) {
    for (int i = 0; i < count; i++) {
      monitor.outcome(outcome(i, 1, ServingRole.CHAMPION, probability, label));
    }
  }

  private static Watched outcome(
      int i, int version, ServingRole role, double probability, double label) {
    return new Watched(
        "o" + i, version, role, probability, null, label, Watching.START, Watching.START, Map.of());
  }
}
