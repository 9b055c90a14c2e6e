package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedMeanTest {
  private static final int RUNS = 4000;

  /** Worked by hand: 0, 0, 3, 3 and −3 have the sum of squares 27 and the mean 0.6. */
  @Test
  void theMeanIsThatOfTheRowsAndTheSpreadThatOfTwoMore() {
    SkewedMean mean = PairedMean.of(0, 0, 3);
    assertThat(mean.value()).isCloseTo(1, within(1e-12));
    assertThat(mean.standardError()).isCloseTo(Math.sqrt((27 - 5 * 0.36) / 4 / 5), within(1e-12));
    assertThat(mean.n()).isEqualTo(3);
    assertThat(mean.degreesOfFreedom()).isEqualTo(2);
    assertThatIllegalArgumentException().isThrownBy(() -> PairedMean.of(1));
  }

  /** A share of the rows changes by one step up or down; 4,000 runs, three standard errors. */
  @ParameterizedTest
  @CsvSource({"30, 0.15, 0.10", "50, 0.05, 0.05", "100, 0.10, 0.00", "200, 0.03, 0.01"})
  void boundsMissAsSeldomAsTheyPromise(int rows, double up, double down) {
    SplittableRandom random = new SplittableRandom(rows);
    double alpha = 0.05;
    int above = 0;
    int below = 0;
    for (int run = 0; run < RUNS; run++) {
      double[] changes = new double[rows];
      for (int row = 0; row < rows; row++) {
        double draw = random.nextDouble();
        changes[row] = draw < up ? 1 : draw < up + down ? -1 : 0;
      }
      SkewedMean mean = PairedMean.of(changes);
      boolean isSpread = mean.standardError() > 0;
      above += isSpread && mean.lower(alpha) > up - down ? 1 : 0;
      below += isSpread && mean.upper(alpha) < up - down ? 1 : 0;
    }
    double most = alpha + 3 * Math.sqrt(alpha * (1 - alpha) / RUNS);
    assertThat((double) above / RUNS).isLessThanOrEqualTo(most);
    assertThat((double) below / RUNS).isLessThanOrEqualTo(most);
  }
}
