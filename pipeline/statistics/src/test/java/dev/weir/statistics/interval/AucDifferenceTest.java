package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AucDifferenceTest {
  private static final int ROWS = 120;

  @Test
  void valueIsTheDifferenceOfTheAreas() {
    SplittableRandom random = new SplittableRandom(1);
    double[] labels = labels(random);
    double[] first = scores(labels, 1.5, random);
    double[] second = scores(labels, 0.5, random);

    double expected =
        AucEstimate.of(first, labels).orElseThrow().value()
            - AucEstimate.of(second, labels).orElseThrow().value();

    assertThat(AucDifference.of(first, second, labels).orElseThrow().value())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void scoresOfTheSameOrderDoNotDiffer() {
    SplittableRandom random = new SplittableRandom(2);
    double[] labels = labels(random);
    double[] first = scores(labels, 1, random);
    double[] second = first.clone();
    for (int i = 0; i < ROWS; i++) {
      second[i] = Math.exp(first[i]);
    }

    MeanEstimate difference = AucDifference.of(first, second, labels).orElseThrow();

    assertThat(difference.value()).isZero();
    assertThat(difference.standardError()).isZero();
  }

  /** Scores that agree but for a little noise: independent variances would be far too wide. */
  @Test
  void boundsCoverTheTrueDifferenceInPairs() {
    int covered = 0;
    int runs = 1000;
    double widest = 0;
    for (int run = 0; run < runs; run++) {
      SplittableRandom random = new SplittableRandom(run);
      double[] labels = labels(random);
      double[] first = scores(labels, 1, random);
      double[] second = first.clone();
      for (int i = 0; i < ROWS; i++) {
        second[i] += 0.5 * random.nextGaussian();
      }
      MeanEstimate difference = AucDifference.of(first, second, labels).orElseThrow();
      covered += Interval.of(difference, 0.05).contains(TRUE_DIFFERENCE) ? 1 : 0;
      widest = Math.max(widest, difference.standardError());
    }

    assertThat((double) covered / runs).isBetween(0.93, 0.975);
    assertThat(widest).isLessThan(0.05);
  }

  /** Φ(1/√2) − Φ(1/√2.5): shifts of 1 between normals of variance 1 and 1.25. */
  private static final double TRUE_DIFFERENCE = 0.7602499 - 0.7364554;

  @Test
  void oneClassGivesNoDifference() {
    double[] scores = {0.1, 0.2, 0.3};

    assertThat(AucDifference.of(scores, scores, new double[] {1, 1, 1})).isEmpty();
    assertThat(AucDifference.of(scores, scores, new double[] {1, 0, 0})).isEmpty();
  }

  private static double[] labels(SplittableRandom random) {
    return random.ints(ROWS, 0, 2).asDoubleStream().toArray();
  }

  private static double[] scores(double[] labels, double shift, SplittableRandom random) {
    double[] scores = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      scores[i] = shift * labels[i] + random.nextGaussian();
    }
    return scores;
  }
}
