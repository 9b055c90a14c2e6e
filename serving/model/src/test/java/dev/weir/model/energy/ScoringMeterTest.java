package dev.weir.model.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.model.explain.Scorer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On a clock that moves with each scoring only. */
class ScoringMeterTest {
  private static final Machine MACHINE = new Machine(2, 8, false);
  private static final float[][] ROWS = new float[50][3];

  private long cpuNanos;
  private long calls;

  @Test
  void joulesAreThoseOfTheScoringThread() {
    ScoringEnergy energy = meter().measure(scorer(1_000_000, 0), ROWS);

    // 50 predictions take 1 ms, so 1,000 take 20 ms, and a thread without counters 4 W of them.
    assertThat(energy.cpuSeconds()).isCloseTo(0.1, within(1e-9));
    assertThat(energy.predictions()).isEqualTo(5000);
    if (energy.scope().contains("4 W")) {
      assertThat(energy.joulesPerThousand()).isCloseTo(0.08, within(1e-12));
      assertThat(energy.standardError()).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void wholeMachineIsTheUpperEnd() {
    ScoringEnergy energy = meter().measure(scorer(1_000_000, 0), ROWS);

    // One of two threads is busy: half of 2 · 4 W, and 10 W of memory, for 0.1 s.
    assertThat(energy.wholeMachineJoulesPerThousand()).isCloseTo(0.28, within(1e-12));
  }

  @Test
  void unevenRoundsWidenTheError() {
    ScoringEnergy even = meter().measure(scorer(1_000_000, 0), ROWS);
    ScoringEnergy uneven = meter().measure(scorer(1_000_000, 700_000), ROWS);

    assertThat(uneven.standardError()).isGreaterThan(even.standardError() + 1e-4);
  }

  @Test
  void warmingUpIsNotCounted() {
    meter().measure(scorer(1_000_000, 0), ROWS);

    assertThat(calls).isEqualTo(110);
  }

  @Test
  void thisMachineGivesAFigureWithMethodAndScope() {
    Scorer costly =
        rows -> {
          double[] scores = new double[rows.length];
          for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(-Math.abs(Math.sin(i)));
          }
          return scores;
        };

    ScoringEnergy energy = ScoringMeter.of(Duration.ofMillis(20)).measure(costly, ROWS);

    assertThat(energy.joulesPerThousand()).isPositive().isLessThan(1);
    assertThat(energy.cpuSeconds()).isGreaterThanOrEqualTo(0.02);
    assertThat(energy.wholeMachineJoulesPerThousand()).isPositive();
    assertThat(energy.scope()).isNotEmpty();
  }

  @Test
  void noRowsAreNoMeasurement() {
    assertThatThrownBy(() -> meter().measure(scorer(1, 0), new float[0][]))
        .hasMessageContaining("at least one row");
    assertThatThrownBy(() -> ScoringMeter.of(Duration.ZERO)).hasMessageContaining("cpuTime");
  }

  private ScoringMeter meter() {
    return new ScoringMeter(Duration.ofMillis(100), () -> cpuNanos, () -> cpuNanos, MACHINE);
  }

  private Scorer scorer(long nanos, long sometimesMore) {
    return rows -> {
      calls++;
      cpuNanos += nanos + (calls % 13 == 0 ? sometimesMore : 0);
      return new double[rows.length];
    };
  }
}
