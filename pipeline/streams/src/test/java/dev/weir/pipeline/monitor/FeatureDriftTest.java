package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.control.Signal;
import dev.weir.pipeline.monitor.Watching.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows of 1000 rows, ten ticks each, against a profile of 3000. */
class FeatureDriftTest {
  private final Monitor monitor = begun("");
  private final Watching stream = new Watching(11, 1);

  private static Monitor begun(String more) {
    Monitor monitor = new FeatureDrift(MonitorStateTest.spec(more));
    monitor.champion(1, Watching.REFERENCE);
    return monitor;
  }

  @Test
  void withoutDriftEachWindowIsTestedAndNoneAlarms() {
    List<Signal> signals = stream.hours(200, monitor, Watching.REFERENCE, Shape.PLAIN);

    assertThat(signals).hasSize(20).noneMatch(Signal::isAlarm);
    assertThat(Alarms.fact(signals.get(0), "tested")).isEqualTo(4);
    assertThat(Alarms.fact(signals.get(0), "untested")).isZero();
  }

  @Test
  void aShiftedNumberAndItsPredictionAlarmAndNothingElse() {
    List<Signal> signals = stream.hours(10, monitor, Watching.REFERENCE, Shape.PLAIN.amounts(0.7));

    assertThat(Alarms.in(signals)).containsExactly("amount", "prediction");
    Signal alarm = Alarms.last(signals, "amount");
    assertThat(alarm.kind()).isEqualTo("drift");
    assertThat(alarm.version()).isEqualTo(1);
    assertThat(Alarms.fact(alarm, "excess")).isGreaterThan(0.1);
    assertThat(Alarms.fact(alarm, "adjustedP")).isLessThan(Alarms.fact(alarm, "level"));
  }

  @Test
  void aShiftedCategoryAlarms() {
    List<Signal> signals =
        stream.hours(10, monitor, Watching.REFERENCE, Shape.PLAIN.gaps(0.01, 0.2));

    assertThat(Alarms.in(signals)).containsExactly("branch");
  }

  @Test
  void aHugeWindowDoesNotAlarmOnASmallShiftThatItIsSureOf() {
    Monitor huge = begun("monitors: {drift: {window: 20000}}\n");

    List<Signal> signals = stream.hours(200, huge, Watching.REFERENCE, Shape.PLAIN.amounts(0.2));

    assertThat(signals).hasSize(1);
    Signal only = signals.get(0);
    assertThat(Alarms.fact(only, "smallestAdjustedP")).isLessThan(Alarms.fact(only, "level"));
    assertThat(Alarms.fact(only, "largestExcess")).isBetween(0.01, 0.1);
    assertThat(only.isAlarm()).isFalse();
  }

  @Test
  void windowsOfAWeekSpendTheLevelAndTheNextWeekHasItAnew() {
    List<Signal> signals = stream.hours(180, monitor, Watching.REFERENCE, Shape.PLAIN);

    double first = Alarms.fact(signals.get(0), "level");
    assertThat(first).isCloseTo(0.01 * 6 / (Math.PI * Math.PI), within(1e-12));
    assertThat(Alarms.fact(signals.get(1), "level")).isCloseTo(first / 4, within(1e-12));
    // Ticks begin on a Monday at 01:00; the 168th, of the 17th window, is the next Monday's.
    assertThat(Alarms.fact(signals.get(15), "level")).isCloseTo(first / 256, within(1e-12));
    assertThat(Alarms.fact(signals.get(16), "level")).isCloseTo(first, within(1e-12));
  }

  @Test
  void aNewChampionBeginsAnewAndNothingIsSaidWithoutItsProfile() {
    stream.hours(9, monitor, Watching.REFERENCE, Shape.PLAIN.amounts(2));
    monitor.champion(2, null);

    assertThat(stream.hours(20, monitor, Watching.REFERENCE, Shape.PLAIN.amounts(2))).isEmpty();
  }
}
