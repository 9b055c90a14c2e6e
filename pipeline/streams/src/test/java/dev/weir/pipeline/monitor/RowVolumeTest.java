package dev.weir.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Signal;
import dev.weir.contracts.event.FeatureVector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Ticks of an hour, slots of six: 20 rows at night, 200 by day, half as many at weekends. */
class RowVolumeTest {
  private static final int DAYS = 21;

  private final SplittableRandom random = new SplittableRandom(5);
  private final Monitor monitor = new RowVolume(MonitorStateTest.spec());
  private int hours;

  private List<Signal> hours(int count, double factor) {
    List<Signal> signals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RowCounter counter = new RowCounter(0, null);
      int day = hours / 24 % 7;
      double usual = (hours % 24 < 6 ? 20 : 200) * (day > 4 ? 0.5 : 1) * factor;
      long rows = Math.round(usual + Math.sqrt(usual) * (2 * random.nextDouble() - 1));
      for (long row = 0; row < rows; row++) {
        counter.row(FeatureVector.of());
      }
      monitor.rows(counter.tally());
      signals.addAll(monitor.tick(after(++hours)));
    }
    return signals;
  }

  private static Instant after(int count) {
    return Watching.START.plus(Duration.ofHours(count));
  }

  @Test
  void hoursAndWeekendsAreNoNews() {
    List<Signal> signals = hours(24 * DAYS, 1);

    // Four slots a day, from the eighth complete day on; the first slot began with the counting.
    assertThat(signals).hasSize(4 * (DAYS - 7) - 1).noneMatch(Signal::isAlarm);
  }

  @Test
  void aTenthOfTheRowsAndTenTimesAsManyAlarm() {
    hours(24 * DAYS, 1);

    List<Signal> few = hours(6, 0.1);
    assertThat(few).singleElement().matches(Signal::isAlarm);
    assertThat(few.get(0).signal()).isEqualTo("volume");
    assertThat(few.get(0).eventTime()).isEqualTo(after(24 * DAYS + 6));
    assertThat(hours(6, 10)).singleElement().matches(Signal::isAlarm);
  }

  @Test
  void slotsThatNoTickFellIntoAlarm() {
    hours(24 * DAYS, 1);
    hours += 25;

    List<Signal> signals = monitor.tick(after(hours));

    assertThat(signals).hasSize(4).allMatch(Signal::isAlarm);
    assertThat(Alarms.fact(signals.get(3), "rows")).isZero();
  }

  @Test
  void theSlotOfAPromotionIsNeitherTestedNorRemembered() {
    hours(24 * DAYS, 1);
    monitor.champion(1, null);

    assertThat(hours(6, 0.1)).isEmpty();
    assertThat(hours(6, 1)).singleElement().matches(each -> !each.isAlarm());
  }

  @Test
  void afterAGapOfMonthsThePastIsForgotten() {
    hours(24 * DAYS, 1);
    hours += 24 * 365;

    assertThat(hours(24 * 7, 1)).isEmpty();
  }
}
