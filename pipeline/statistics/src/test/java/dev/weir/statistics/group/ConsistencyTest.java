package dev.weir.statistics.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConsistencyTest {
  private static final double[][] TWO_PAIRS = {{0}, {1}, {10}, {11}};

  @Test
  void neighboursOfOneOutcomeAreConsistent() {
    assertThat(new Consistency(TWO_PAIRS, 2).of(new double[] {1, 1, 0, 0})).isEqualTo(1);
  }

  /** Each differs by a half from the mean of itself and its neighbour. */
  @Test
  void neighboursOfTwoOutcomesAreNot() {
    assertThat(new Consistency(TWO_PAIRS, 2).of(new double[] {1, 0, 0, 1}))
        .isCloseTo(0.5, within(1e-12));
  }

  /** The row at 1 is as far from 0 as from 2. */
  @Test
  void theEarlierOfTwoEquallyFarCounts() {
    double[][] line = {{0}, {1}, {2}};
    assertThat(new Consistency(line, 2).of(new double[] {1, 1, 0}))
        .isCloseTo(1 - 0.5 / 3, within(1e-12));
  }

  @Test
  void aMissingFeatureIsRefusedByItsRow() {
    assertThatThrownBy(() -> new Consistency(new double[][] {{0}, {Double.NaN}}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1");
  }

  @Test
  void moreNeighboursThanRowsAreRefused() {
    assertThatThrownBy(() -> new Consistency(TWO_PAIRS, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 of 4");
  }
}
