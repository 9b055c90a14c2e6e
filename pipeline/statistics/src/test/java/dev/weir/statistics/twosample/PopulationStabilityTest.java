package dev.weir.statistics.twosample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.testkit.gen.Gen;
import org.junit.jupiter.api.Test;

class PopulationStabilityTest {
  private static final int DRAWS = 400;

  @Test
  void itsMeanWithoutDriftIsTheExpectation() {
    double sum = 0;
    double expected = 0;
    Gen gen = Gen.of(5);
    for (int draw = 0; draw < DRAWS; draw++) {
      long[] reference = histogram(gen, 2000);
      long[] current = histogram(gen, 500);
      sum += HistogramDistance.populationStability(reference, current);
      expected = HistogramDistance.expectedPopulationStability(reference, current);
    }
    assertThat(expected).isCloseTo(9 * (1 / 2000.0 + 1 / 500.0), within(1e-12));
    // Standard deviation 0.0025 · √18 = 0.0106, of the mean 0.0005; the rest is of second order.
    assertThat(sum / DRAWS).isCloseTo(expected, within(0.002));
  }

  @Test
  void binsThatAreEmptyOnBothSidesDoNotCount() {
    long[] reference = {10, 0, 10};
    long[] current = {5, 0, 5};
    assertThat(HistogramDistance.expectedPopulationStability(reference, current))
        .isCloseTo(1 / 20.0 + 1 / 10.0, within(1e-12));
  }

  @Test
  void aRepeatedQuantileHasABinOfItsOwn() {
    double[] reference = {5, 5, 5, 5, 5, 5, 5, 5, 6, 7};
    QuantileBins bins = QuantileBins.isolatingTies(reference, 4);
    assertThat(bins.counts(new double[] {4, 4.9, 5, 5, 5, 5.1})).containsExactly(2, 3, 1);
    assertThat(QuantileBins.of(reference, 4).counts(new double[] {4, 5, 6})).containsExactly(2, 1);
  }

  private static long[] histogram(Gen gen, int size) {
    long[] counts = new long[10];
    for (int i = 0; i < size; i++) {
      counts[gen.intBetween(0, 9)]++;
    }
    return counts;
  }
}
