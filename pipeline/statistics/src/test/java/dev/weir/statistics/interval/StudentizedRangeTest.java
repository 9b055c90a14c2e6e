package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentizedRangeTest {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  /** scipy 1.17.1, studentized_range.ppf(1 − alpha, k, 1e7). */
  @ParameterizedTest
  @CsvSource({
    "2, 0.05, 2.771808",
    "3, 0.05, 3.314493",
    "5, 0.05, 3.857656",
    "10, 0.05, 4.474124",
    "50, 0.05, 5.646026"
  })
  void quantilesAreScipys(int k, double alpha, double quantile) {
    double z = STANDARD.inverseSurvivalProbability(StudentizedRange.level(k, alpha));
    assertThat(Math.sqrt(2) * z).isCloseTo(quantile, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"200, 0.025", "200, 0.00001", "5000, 0.001", "1000000, 0.4"})
  void theExpansionIsStudentsQuantile(double degreesOfFreedom, double alpha) {
    assertThat(StudentQuantile.upper(degreesOfFreedom, alpha))
        .isCloseTo(
            TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha), within(1e-8));
  }
}
