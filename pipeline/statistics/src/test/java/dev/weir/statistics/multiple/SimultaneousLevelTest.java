package dev.weir.statistics.multiple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimultaneousLevelTest {
  private static final double ALPHA = 0.05;

  @Test
  void oneEstimateNeedsNoCorrection() {
    assertThat(SimultaneousLevel.of(equal(1, 0), ALPHA, 1)).isEqualTo(ALPHA);
    assertThat(SimultaneousLevel.of(equal(1, 0), ALPHA, 2)).isEqualTo(ALPHA / 2);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.05", "5, 0.05", "10, 0.05", "10, 0.01", "30, 0.05"})
  void independentEstimatesNeedSidaks(int k, double alpha) {
    double twoSided = (1 - Math.pow(1 - alpha, 1.0 / k)) / 2;
    assertThat(SimultaneousLevel.of(equal(k, 0), alpha, 2))
        .isCloseTo(twoSided, within(0.06 * twoSided));
    double oneSided = 1 - Math.pow(1 - alpha, 1.0 / k);
    assertThat(SimultaneousLevel.of(equal(k, 0), alpha, 1))
        .isCloseTo(oneSided, within(0.06 * oneSided));
  }

  /** Two groups against each other are one comparison, told twice. */
  @Test
  void twoOppositeEstimatesAreOne() {
    assertThat(SimultaneousLevel.of(equal(2, -1), ALPHA, 2))
        .isCloseTo(ALPHA / 2, within(0.03 * ALPHA / 2));
  }

  /**
   * Critical values of many-to-one comparisons with equal correlation ½, two sides, infinite
   * degrees of freedom: 2.21, 2.51, 2.57 (C. W. Dunnett, 1964, table II, for 2, 5 and 6).
   */
  @ParameterizedTest
  @CsvSource({"2, 2.21", "5, 2.51", "6, 2.57"})
  void criticalValuesAreDunnetts(int k, double critical) {
    double level = SimultaneousLevel.of(equal(k, 0.5), ALPHA, 2);
    double found = NormalDistribution.of(0, 1).inverseSurvivalProbability(level);
    assertThat(found).isCloseTo(critical, within(0.02));
  }

  @Test
  void itIsNeverBelowBonferronis() {
    for (int k = 2; k <= 80; k += 13) {
      assertThat(SimultaneousLevel.of(equal(k, 0), 0.001, 2)).isGreaterThanOrEqualTo(0.0005 / k);
    }
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> SimultaneousLevel.of(new double[0][0], ALPHA, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("had 0");
    assertThatThrownBy(() -> SimultaneousLevel.of(equal(2, 0), 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[][] equal(int k, double correlation) {
    double[][] r = new double[k][k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        r[i][j] = i == j ? 1 : correlation;
      }
    }
    return r;
  }
}
