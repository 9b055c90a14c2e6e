package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.event.Row;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Window 1 hour, prior 0.5, weight 2: feature 1 is over all, feature 2 over the same shop. */
class KnownLabelRateTest {
  private static final Offset<Double> EXACT = within(1e-7);

  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    pipeline = new PipelineDriver(directory);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  /** All: (1 + 1 + 0 + 0 + 1 + 2 · 0.5) / (5 + 2) = 4/7; shop t: (0 + 2 · 4/7) / (1 + 2) = 8/21. */
  @Test
  void theShopsRateIsSmoothedByTheRateOverAll() {
    label("a", 1, "s", 1);
    label("b", 2, "s", 1);
    label("c", 3, "s", 0);
    label("d", 4, "t", 0);
    label("e", 5, "u", 1);
    Row row = row("x", 10, "t");
    assertThat((double) row.features().get(1)).isCloseTo(4.0 / 7, EXACT);
    assertThat((double) row.features().get(2)).isCloseTo(8.0 / 21, EXACT);
  }

  @Test
  void anUnknownShopHasTheRateOverAllAndNoLabelGivesThePrior() {
    assertThat(row("w", 0, "new").features().get(2)).isEqualTo(0.5f);
    label("a", 1, "s", 1);
    Row row = row("x", 10, "new");
    assertThat((double) row.features().get(1)).isCloseTo(2.0 / 3, EXACT);
    assertThat((double) row.features().get(2)).isCloseTo(2.0 / 3, EXACT);
  }

  @Test
  void aLabelAtTheSameInstantIsNotKnownAndOneAMillisecondEarlierIs() {
    pipeline.label("a", "2026-01-01T00:10:00.000Z", "s", 1);
    assertThat(row("x", 10, "s").features().get(1)).isEqualTo(0.5f);
    pipeline.label("b", "2026-01-01T00:09:59.999Z", "s", 1);
    assertThat((double) row("y", 10, "s").features().get(1)).isCloseTo(2.0 / 3, EXACT);
  }

  @Test
  void aLabelIsKnownForOneWindow() {
    pipeline.label("a", "2026-01-01T00:00:00.001Z", "s", 1);
    assertThat((double) row("x", 60, "s").features().get(1)).isCloseTo(2.0 / 3, EXACT);
    label("b", 0, "s", 1);
    assertThat((double) row("y", 60, "s").features().get(1)).isCloseTo(2.0 / 3, EXACT);
  }

  @Test
  void copiesAndSecondValuesOfALabelAreKnownOnce() {
    label("a", 1, "s", 1);
    label("a", 1, "s", 1);
    label("a", 2, "s", 0);
    assertThat((double) row("x", 10, "s").features().get(1)).isCloseTo(2.0 / 3, EXACT);
  }

  @Test
  void aLabelAheadOfTheClockForgetsNoLabelOfNow() {
    label("a", 1, "s", 1);
    label("ahead", 23 * 60, "s", 1);
    assertThat((double) row("x", 10, "s").features().get(1)).isCloseTo(2.0 / 3, EXACT);
  }

  private void label(String id, int minute, String shop, int value) {
    pipeline.label(id, PipelineDriver.at(minute).toString(), shop, value);
  }

  private Row row(String id, int minute, String shop) {
    pipeline.feature(id, PipelineDriver.at(minute).toString(), shop);
    List<Row> rows = pipeline.rows();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }
}
