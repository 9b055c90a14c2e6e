package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Signal;
import dev.weir.pipeline.monitor.Watching.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows of 1000 rows against a profile of 3000 with 1 % missing and 1 % unseen. */
class RowQualityTest {
  private final Monitor monitor = begun("");
  private final Watching stream = new Watching(12, 1);

  private static Monitor begun(String more) {
    Monitor monitor = new RowQuality(MonitorStateTest.spec(more));
    monitor.champion(1, Watching.REFERENCE);
    return monitor;
  }

  @Test
  void rowsLikeThoseOfTrainingAreNoNews() {
    List<Signal> signals = stream.hours(200, monitor, Watching.REFERENCE, Shape.PLAIN);

    assertThat(signals).hasSize(20).noneMatch(Signal::isAlarm);
    assertThat(Alarms.fact(signals.get(0), "tested")).isEqualTo(5);
  }

  @Test
  void moreMissingAndUnseenValuesAlarm() {
    List<Signal> signals =
        stream.hours(10, monitor, Watching.REFERENCE, Shape.PLAIN.gaps(0.08, 0.09));

    assertThat(Alarms.in(signals)).containsExactly("amount missing", "branch unseen");
    Signal alarm = Alarms.last(signals, "branch unseen");
    assertThat(alarm.kind()).isEqualTo("quality");
    assertThat(Alarms.fact(alarm, "share")).isBetween(0.06, 0.12);
    assertThat(Alarms.fact(alarm, "shareBefore")).isBetween(0.005, 0.02);
  }

  @Test
  void valuesOutsideTheRangeOfTrainingAlarm() {
    List<Signal> signals = stream.hours(10, monitor, Watching.REFERENCE, Shape.PLAIN.amounts(2));

    assertThat(Alarms.in(signals)).containsExactly("amount outside");
  }

  @Test
  void fewerGapsAreNoNewsAndASmallRiseThatIsSureIsNoneEither() {
    Monitor huge = begun("monitors: {quality: {window: 20000}}\n");

    List<Signal> fewer = stream.hours(10, monitor, Watching.REFERENCE, Shape.PLAIN.gaps(0, 0));
    List<Signal> small = stream.hours(200, huge, Watching.REFERENCE, Shape.PLAIN.gaps(0.022, 0.01));

    assertThat(Alarms.in(fewer)).isEmpty();
    assertThat(Alarms.in(small)).isEmpty();
    Signal only = Alarms.last(small, "rows");
    assertThat(Alarms.fact(only, "smallestAdjustedP")).isLessThan(Alarms.fact(only, "level"));
  }
}
