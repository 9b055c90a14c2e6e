package dev.weir.pipeline.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
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
            new PartitionProgress.Input(labels, labels, quiet),
            0,
            Map.of()));
  }

  /** Reports labels of two partitions of a user in partition 0, which has looked so long. */
  private void report(long looked, Map<String, Long> origins) {
    long latest = origins.values().stream().mapToLong(Long::longValue).max().orElse(0);
    PartitionProgress.Input all = new PartitionProgress.Input(latest, latest, 0);
    Map<String, PartitionProgress.Input> each = new TreeMap<>();
    origins.forEach((name, at) -> each.put(name, new PartitionProgress.Input(at, at, 0)));
    watermark.report(new PartitionProgress(0, all, all, looked, each));
    report(1, latest, latest, 0);
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
  void aUsersPartitionThatIsReadBehindTheOthersHoldsIt() {
    report(0, Map.of("labels-0", 90_000L, "labels-1", 2000L));
    assertThat(look()).hasValue(2000);
    report(0, Map.of("labels-0", 90_000L, "labels-1", 50_000L));
    assertThat(look()).hasValue(50_000);
  }

  @Test
  void afterARestartAUsersPartitionHoldsItUntilNothingComesForLong() {
    watermark.restore("labels-1@0", 2000);
    report(1000, Map.of("labels-0", 90_000L));
    assertThat(look()).hasValue(2000);
    report(MINUTE, Map.of("labels-0", 91_000L));
    assertThat(look()).hasValue(91_000);
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
