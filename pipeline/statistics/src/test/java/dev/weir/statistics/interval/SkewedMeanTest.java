package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SkewedMeanTest {
  private static final int RUNS = 4000;

  @Test
  void momentsMergeToThoseOfAllValues() {
    double[] values = {3, 1, 4, 1, 5, 9, 2, 6};
    Moments left = new Moments();
    Moments right = new Moments();
    for (int i = 0; i < values.length; i++) {
      (i < 3 ? left : right).add(values[i]);
    }
    left.add(right);
    SkewedMean merged = left.estimate();
    assertThat(merged.value()).isCloseTo(3.875, within(1e-12));
    assertThat(merged.standardError()).isCloseTo(expected(values)[0], within(1e-12));
    assertThat(merged.skewness()).isCloseTo(expected(values)[1], within(1e-12));
  }

  /** Standard error and skewness of the mean in two passes, from their definitions. */
  private static double[] expected(double[] values) {
    double n = values.length;
    double mean = 0;
    for (double v : values) {
      mean += v / n;
    }
    double m2 = 0;
    double m3 = 0;
    for (double v : values) {
      m2 += (v - mean) * (v - mean);
      m3 += Math.pow(v - mean, 3);
    }
    double se = Math.sqrt(m2 / (n - 1) / n);
    return new double[] {se, n * m3 / ((n - 1) * (n - 2)) / (n * n * se * se * se)};
  }

  @Test
  void withoutSkewnessTheBoundsAreStudents() {
    SkewedMean even = SkewedMean.of(1, 2, 3, 4, 5);
    MeanEstimate student = MeanEstimate.of(1, 2, 3, 4, 5);
    assertThat(even.lower(0.01)).isCloseTo(student.lower(0.01), within(1e-9));
    assertThat(even.upper(0.01)).isCloseTo(student.upper(0.01), within(1e-9));
  }

  /** Exponential values, 30 of them: Student's upper bound misses in far more than 5 %. */
  @Test
  void boundsOfSkewedValuesMissLessThanStudents() {
    int skewed = 0;
    int student = 0;
    for (int run = 0; run < RUNS; run++) {
      SplittableRandom random = new SplittableRandom(run);
      double[] values = new double[30];
      for (int i = 0; i < values.length; i++) {
        values[i] = -Math.log(1 - random.nextDouble());
      }
      skewed += SkewedMean.of(values).upper(0.05) < 1 ? 1 : 0;
      student += MeanEstimate.of(values).upper(0.05) < 1 ? 1 : 0;
    }
    assertThat((double) student / RUNS).isGreaterThan(0.085);
    assertThat((double) skewed / RUNS).isLessThan(0.065);
  }

  @Test
  void aDifferenceOfEquallySkewedSamplesIsEven() {
    SkewedMean one = SkewedMean.of(0, 0, 0, 1, 5);
    SkewedMean difference = SkewedMean.difference(one, one);
    assertThat(difference.skewness()).isZero();
    assertThat(difference.upper(0.05)).isCloseTo(-difference.lower(0.05), within(1e-12));
  }
}
