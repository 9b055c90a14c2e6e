package dev.weir.auditor.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.auditor.evidence.CappedSample;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.ExactProportion;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttributionShiftsTest {
  private static final Grouping TWO = Grouping.of(List.of("a", "b", "a", "b", "a"));

  /** Worked by hand: |φ − φ′| over |φ| + |φ′|. */
  @Test
  void aShiftIsTheShareInWhichTwoExplanationsDiffer() {
    double[] phi = {0.3, -0.1};
    assertThat(AttributionShifts.shift(phi, phi)).isZero();
    assertThat(AttributionShifts.shift(phi, new double[] {0, 0})).isEqualTo(1);
    assertThat(AttributionShifts.shift(phi, new double[] {-0.3, 0.1})).isEqualTo(1);
    assertThat(AttributionShifts.shift(phi, new double[] {0.1, -0.1}))
        .isCloseTo(0.2 / 0.6, within(1e-12));
    assertThat(AttributionShifts.shift(phi, new double[] {0.6, -0.2}))
        .isCloseTo(0.4 / 1.2, within(1e-12));
    assertThat(AttributionShifts.shift(new double[2], new double[2])).isZero();
  }

  @Test
  void aGroupsShiftIsTheMeanOverItsRows() {
    AttributionShifts shifts =
        new AttributionShifts(
            row -> new double[] {1}, row -> new double[] {row == 2 ? -1 : 1}, 30, 1);
    Estimate a = shifts.of(TWO, 0).orElseThrow();
    assertThat(a.value()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(a.n()).isEqualTo(3);
    assertThat(a.projected(4).standardError()).isLessThan(a.standardError());
    assertThat(a.projected(10)).isEqualTo(a.projected(1000));
    assertThat(shifts.of(TWO, 1)).contains(new CappedSample(new ExactProportion(0, 2), 30));
  }

  /** Each row is explained once, however often it is asked for; more rows are not sampled. */
  @Test
  void atMostSoManyRowsOfAGroupAreExplainedOnce() {
    Grouping all = Grouping.of(Collections.nCopies(500, "all"));
    AtomicInteger explained = new AtomicInteger();
    AttributionShifts shifts =
        new AttributionShifts(
            row -> new double[] {explained.incrementAndGet(), row},
            row -> new double[] {1, row + 1.0},
            40,
            7);
    Estimate first = shifts.of(all, 0).orElseThrow();
    assertThat(explained).hasValue(40);
    assertThat(shifts.of(all, 0)).contains(first);
    assertThat(explained).hasValue(40);
    assertThat(first.n()).isEqualTo(40);
    assertThat(first.projected(100).upper(0.05)).isEqualTo(first.upper(0.05));
  }

  /** A gate needs thirty rows, however few a policy explains otherwise. */
  @Test
  void atLeastThirtyRowsAreExplained() {
    Grouping all = Grouping.of(Collections.nCopies(500, "all"));
    AttributionShifts shifts =
        new AttributionShifts(row -> new double[] {1}, row -> new double[] {2}, 5, 1);
    assertThat(shifts.of(all, 0).orElseThrow().n()).isEqualTo(30);
    assertThat(shifts.explained(500)).isEqualTo(30);
    assertThat(shifts.explained(12)).isEqualTo(12);
  }

  @Test
  void oneRowHasNoShift() {
    AttributionShifts shifts =
        new AttributionShifts(row -> new double[] {1}, row -> new double[] {2}, 30, 1);
    assertThat(shifts.of(Grouping.of(List.of("a")), 0)).isEmpty();
  }
}
