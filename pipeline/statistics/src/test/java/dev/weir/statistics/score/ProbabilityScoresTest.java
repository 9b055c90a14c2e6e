package dev.weir.statistics.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProbabilityScoresTest {
  private static final double[] P = {.1, .4, .4, .8};
  private static final double[] Y = {0, 0, 1, 1};

  /** (.01 + .16 + .36 + .04) / 4. */
  @Test
  void brierIsTheMeanSquare() {
    assertThat(ProbabilityScores.brier(P, Y).orElseThrow()).isCloseTo(0.1425, within(1e-12));
  }

  /** −ln(.9 · .6 · .4 · .8) / 4. */
  @Test
  void logLossIsInNats() {
    assertThat(ProbabilityScores.logLoss(P, Y).orElseThrow())
        .isCloseTo(-Math.log(.9 * .6 * .4 * .8) / 4, within(1e-12));
  }

  /** −ln 2⁻⁵² for one row. */
  @Test
  void aCertainMistakeCostsAFiniteLoss() {
    assertThat(ProbabilityScores.logLoss(new double[] {0}, new double[] {1}).orElseThrow())
        .isCloseTo(52 * Math.log(2), within(1e-9));
  }

  /** Of four pairs three are right and one is a tie. */
  @Test
  void aTieCountsHalf() {
    assertThat(ProbabilityScores.auc(P, Y).orElseThrow()).isCloseTo(0.875, within(1e-12));
  }

  @Test
  void whatIsUndefinedIsEmpty() {
    double[] none = {};
    assertThat(ProbabilityScores.brier(none, none)).isEmpty();
    assertThat(ProbabilityScores.logLoss(none, none)).isEmpty();
    assertThat(ProbabilityScores.auc(new double[] {.1, .9}, new double[] {1, 1})).isEmpty();
  }

  @Test
  void aProbabilityThatIsNoneIsRefused() {
    assertThatThrownBy(() -> ProbabilityScores.brier(new double[] {Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
