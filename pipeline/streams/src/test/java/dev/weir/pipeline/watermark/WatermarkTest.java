package dev.weir.pipeline.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two partitions, a look each second, idle after a minute; event times in milliseconds. */
class WatermarkTest {
  private static final WatermarkRules RULES =
      new WatermarkRules(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final long MINUTE = 60_000;

  private final Watermark watermark = new Watermark(2, RULES);
  private long now = 1_000_000_000;

  private void report(int partition, @Nullable Long rows, @Nullable Long labels, long quiet) {
    watermark.report(
        new PartitionProgress(
            partition,
            new PartitionProgress.Input(rows, rows, quiet),
            new PartitionProgress.Input(labels, labels, quiet)));
  }

  private OptionalLong look() {
    now += 1000;
    watermark.look(now);
    return watermark.time();
  }

  @Test
  void itIsTheMinimumOverAllPartitionsOfAllInputs() {
    report(0, 700L, 500L, 0);
    report(1, 600L, 900L, 0);
    assertThat(look()).hasValue(500);
    report(0, 700L, 800L, 0);
    assertThat(look()).hasValue(600);
  }

  @Test
  void aPartitionThatWasNotReadYetHoldsIt() {
    report(0, 700L, 500L, 0);
    assertThat(look()).isEmpty();
    report(1, null, null, 0);
    assertThat(look()).isEmpty();
    report(1, 100L, 200L, 0);
    assertThat(look()).hasValue(100);
  }

  @Test
  void aPartitionWhereNothingIsIsLeftOut() {
    report(0, 700L, 500L, 0);
    report(1, null, null, MINUTE);
    assertThat(look()).hasValue(500);
  }

  @Test
  void aPartitionWhoseTaskIsDownHoldsItHoweverQuietItWas() {
    report(0, 700L, 500L, 0);
    report(1, 100L, 100L, MINUTE);
    assertThat(look()).hasValue(500);
    for (int second = 0; second < 3600; second++) {
      report(0, 700L + second, 500L + second, 0);
      look();
    }
    long held = watermark.time().orElseThrow();
    assertThat(held).isLessThan(600);
    report(1, 100L, 100L, 0);
    report(0, 9000L, 9000L, 0);
    assertThat(look()).hasValue(held);
    report(1, 8000L, 9000L, 0);
    assertThat(look()).hasValue(8000);
  }

  @Test
  void consumptionSkewAfterDowntimeHoldsItAtTheSlowestPartition() {
    watermark.raise(1000);
    report(0, 90_000L, 90_000L, 0);
    for (long reached = 2000; reached <= 90_000; reached += 8000) {
      report(1, reached, 90_000L, 0);
      report(0, 90_000L, 90_000L, 2 * MINUTE);
      assertThat(look()).hasValue(reached);
    }
  }

  @Test
  void quietThatWasReportedAroundAnOutageLeavesNobodyOut() {
    report(0, 700L, 500L, 0);
    report(1, 700L, 500L, 0);
    assertThat(look()).hasValue(500);
    for (int second = 0; second < 120; second++) {
      look();
    }
    // What partition 1 counted while no broker answered says nothing of what waits there.
    report(0, 9000L, 9000L, 0);
    report(1, 700L, 500L, 2 * MINUTE);
    assertThat(look()).hasValue(500);
  }

  @Test
  void aLookThatComesLateKnowsOfNoQuiet() {
    report(0, 700L, 500L, 0);
    report(1, 700L, 500L, 0);
    assertThat(look()).hasValue(500);
    now += 2 * MINUTE;
    report(0, 9000L, 9000L, 0);
    report(1, 700L, 500L, 2 * MINUTE);
    assertThat(look()).hasValue(500);
  }

  @Test
  void whoIsQuietForAsLongAgainAfterAnOutageIsLeftOut() {
    report(0, 700L, 500L, 0);
    report(1, 700L, 500L, 0);
    now += 2 * MINUTE;
    for (int second = 0; second < 62; second++) {
      report(0, 9000L, 9000L, 0);
      report(1, 700L, 500L, 2 * MINUTE + 1000L * second);
      look();
    }
    assertThat(watermark.time()).hasValue(9000);
  }
}
