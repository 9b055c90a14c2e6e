package dev.weir.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BettingEProcessTest {
  private static final int RUNS = 2000;

  /**
   * Ville: at most 5 % of fair games ever reach 20; 2,000 runs leave 3 standard errors of 1.5 %.
   */
  @Test
  void fairGamesSeldomReachTwenty() {
    assertThat(shareThatReaches(20, 0.0, 500)).isLessThanOrEqualTo(0.05 + 0.015);
  }

  @Test
  void realGainsReachTwenty() {
    assertThat(shareThatReaches(20, 0.08, 500)).isGreaterThan(0.95);
  }

  private static double shareThatReaches(double level, double mean, int length) {
    SplittableRandom random = new SplittableRandom(7);
    int reached = 0;
    for (int run = 0; run < RUNS; run++) {
      BettingEProcess process = new BettingEProcess();
      double most = 0;
      for (int i = 0; i < length; i++) {
        double noise = 0.6 * (random.nextDouble() - 0.5);
        most = Math.max(most, process.update(mean + noise));
      }
      reached += most >= level ? 1 : 0;
    }
    return (double) reached / RUNS;
  }
}
