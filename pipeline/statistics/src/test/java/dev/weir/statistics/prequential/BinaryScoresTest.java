package dev.weir.statistics.prequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryScoresTest {
  /** The sums run over the same numbers in the same order; pairs are exact counts. */
  private static final double ROUNDING = 1e-12;

  @Test
  void scoresOfATableThatIsWorkedByHand() {
    boolean[] decisions = {true, true, false, false, true};
    double[] probabilities = {0.9, 0.6, 0.4, 0.2, 0.6};
    double[] labels = {1, 1, 1, 0, 0};

    BinaryScores scores = BinaryScores.of(decisions, probabilities, labels);

    assertThat(scores.rows()).isEqualTo(5);
    assertThat(scores.accuracy()).isEqualTo(0.6);
    // p0 = 3/5; pe = (3 * 3 + 2 * 2) / 25 = 13/25; (15 - 13) / (25 - 13)
    assertThat(scores.kappa()).isCloseTo(2.0 / 12, within(ROUNDING));
    assertThat(scores.logLoss())
        .isCloseTo(-Math.log(0.9 * 0.6 * 0.4 * 0.8 * 0.4) / 5, within(ROUNDING));
    assertThat(scores.brier()).isCloseTo((0.01 + 0.16 + 0.36 + 0.04 + 0.36) / 5, within(ROUNDING));
    // pairs: 0.9 beats both, 0.6 beats 0.2 and ties with 0.6, 0.4 beats 0.2 only
    assertThat(scores.auc()).isEqualTo(4.5 / 6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void kappaAndAreaAreThoseOfCountingAllPairs(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 200;
    boolean[] decisions = new boolean[n];
    double[] probabilities = new double[n];
    double[] labels = new double[n];
    for (int i = 0; i < n; i++) {
      labels[i] = random.nextInt(3) == 0 ? 1 : 0;
      probabilities[i] = random.nextInt(21) / 20.0;
      decisions[i] = probabilities[i] >= 0.4;
    }

    BinaryScores scores = BinaryScores.of(decisions, probabilities, labels);

    double won = 0;
    double pairs = 0;
    double byChance = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        byChance += decisions[i] == (labels[j] == 1) ? 1.0 / n / n : 0;
        if (labels[i] == 1 && labels[j] == 0) {
          pairs++;
          won +=
              probabilities[i] > probabilities[j]
                  ? 1
                  : probabilities[i] == probabilities[j] ? 0.5 : 0;
        }
      }
    }
    assertThat(scores.auc()).as("seed %d", seed).isCloseTo(won / pairs, within(ROUNDING));
    assertThat(scores.kappa())
        .as("seed %d", seed)
        .isCloseTo((scores.accuracy() - byChance) / (1 - byChance), within(1e-9));
  }

  @Test
  void whatIsUndefinedIsNaN() {
    BinaryScores none = BinaryScores.of(new boolean[0], new double[0], new double[0]);
    assertThat(none.accuracy()).isNaN();
    assertThat(none.auc()).isNaN();

    BinaryScores oneClass =
        BinaryScores.of(new boolean[] {false}, new double[] {0.1}, new double[] {0});
    assertThat(oneClass.accuracy()).isEqualTo(1);
    assertThat(oneClass.kappa()).isNaN();
    assertThat(oneClass.auc()).isNaN();
    assertThat(BinaryScores.gain(0.5, 1)).isNaN();
  }

  @Test
  void aSureMistakeCostsAFiniteLogLoss() {
    BinaryScores scores =
        BinaryScores.of(new boolean[] {false}, new double[] {0}, new double[] {1});

    assertThat(scores.logLoss()).isCloseTo(15 * Math.log(10), within(1e-9));
  }

  /** A. Bifet et al. 2013 and the peers' table of Elec2: no change 85.33, ARF 89.33 is 27.3. */
  @Test
  void kappaTemporalIsThatOfAPublishedTable() {
    assertThat(BinaryScores.gain(0.8933, 0.8533)).isCloseTo(0.273, within(5e-4));
  }

  @Test
  void columnsOfDifferentLengthAreRefused() {
    assertThatThrownBy(() -> BinaryScores.of(new boolean[1], new double[2], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("as many");
  }
}
