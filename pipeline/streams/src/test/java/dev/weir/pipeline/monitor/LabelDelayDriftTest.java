package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Signal;
import dev.weir.pipeline.monitor.Watching.Shape;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows of 1000 labels, three hours after their events on average. */
class LabelDelayDriftTest {
  private final Monitor monitor = new LabelDelayDrift(MonitorStateTest.spec());
  private final Watching stream = new Watching(13, 1);

  LabelDelayDriftTest() {
    monitor.champion(1, Watching.REFERENCE);
  }

  @Test
  void theFirstWindowIsWhatTheNextAreComparedWith() {
    List<Signal> signals = stream.hours(200, monitor, Watching.REFERENCE, Shape.PLAIN);

    assertThat(signals).hasSize(19).noneMatch(Signal::isAlarm);
  }

  @Test
  void laterLabelsAlarm() {
    stream.hours(20, monitor, Watching.REFERENCE, Shape.PLAIN);

    List<Signal> signals =
        stream.hours(10, monitor, Watching.REFERENCE, Shape.PLAIN.delayed(Duration.ofHours(9)));

    assertThat(signals).singleElement().matches(Signal::isAlarm);
    Signal alarm = Alarms.last(signals, "label delay");
    // The median of an exponential delay is ln 2 of its mean; a bin is at most a quarter wide.
    assertThat(Alarms.fact(alarm, "medianSecondsBefore")).isBetween(5400.0, 7600.0);
    assertThat(Alarms.fact(alarm, "medianSeconds")).isBetween(16_000.0, 24_000.0);
  }

  @Test
  void delaysThatAreAllAlikeAreNoNews() {
    Shape atOnce = Shape.PLAIN.delayed(Duration.ZERO);

    List<Signal> signals = stream.hours(20, monitor, Watching.REFERENCE, atOnce);

    assertThat(signals).singleElement().matches(each -> !each.isAlarm());
  }
}
