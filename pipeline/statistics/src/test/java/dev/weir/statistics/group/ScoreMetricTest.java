package dev.weir.statistics.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ScoreMetricTest {
  private static final WeightedScores FOUR =
      scores(new double[] {.1, .4, .4, .8}, new double[] {0, 0, 1, 1});

  /** (.01 + .16 + .36 + .04) / 4. */
  @Test
  void brierIsTheMeanSquare() {
    assertThat(ScoreMetric.BRIER.of(FOUR).orElseThrow()).isCloseTo(0.1425, within(1e-12));
  }

  /** −ln(.9 · .6 · .4 · .8) / 4. */
  @Test
  void logLossIsInNats() {
    assertThat(ScoreMetric.LOG_LOSS.of(FOUR).orElseThrow())
        .isCloseTo(-Math.log(.9 * .6 * .4 * .8) / 4, within(1e-12));
  }

  /** −ln 2⁻⁵² for one row. */
  @Test
  void aCertainMistakeCostsAFiniteLoss() {
    WeightedScores wrong = scores(new double[] {0}, new double[] {1});
    assertThat(ScoreMetric.LOG_LOSS.of(wrong).orElseThrow())
        .isCloseTo(52 * Math.log(2), within(1e-9));
  }

  /** Of four pairs three are right and one is a tie. */
  @Test
  void aTieCountsHalf() {
    assertThat(ScoreMetric.ROC_AUC.of(FOUR).orElseThrow()).isCloseTo(0.875, within(1e-12));
  }

  @Test
  void whatIsUndefinedIsEmpty() {
    WeightedScores none = scores(new double[0], new double[0]);
    assertThat(ScoreMetric.values()).allMatch(metric -> metric.of(none).isEmpty());
    WeightedScores oneClass = scores(new double[] {.1, .9}, new double[] {1, 1});
    assertThat(ScoreMetric.ROC_AUC.of(oneClass)).isEmpty();
  }

  @Test
  void aProbabilityThatIsNoneIsRefused() {
    assertThatThrownBy(() -> scores(new double[] {Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  private static WeightedScores scores(double[] probabilities, double[] labels) {
    double[] ones = new double[labels.length];
    Arrays.fill(ones, 1);
    return new WeightedScores(probabilities, labels, ones);
  }
}
