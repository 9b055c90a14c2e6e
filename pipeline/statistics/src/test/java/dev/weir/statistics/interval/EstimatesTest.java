package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EstimatesTest {
  private static final int RUNS = 4000;

  /** 5 % and three standard errors. */
  private static final double FALSE_AT_MOST = 0.05 + 3 * Math.sqrt(0.05 * 0.95 / RUNS);

  /** scipy 1.10.1: ttest_1samp and t.interval on the same numbers. */
  @Test
  void meanBoundsAreStudents() {
    MeanEstimate mean = MeanEstimate.of(1, 2, 3, 4, 6);
    assertThat(mean.value()).isCloseTo(3.2, within(1e-12));
    assertThat(mean.standardError()).isCloseTo(0.8602325267042627, within(1e-12));
    // t(0.975; 4) = 2.7764451051977987
    assertThat(mean.upper(0.025))
        .isCloseTo(3.2 + 2.7764451051977987 * 0.8602325267042627, within(1e-9));
  }

  @Test
  void welchUsesBothVariances() {
    MeanEstimate difference =
        MeanEstimate.difference(new double[] {1, 2, 3, 4}, new double[] {2, 2, 2, 6});
    assertThat(difference.value()).isCloseTo(-0.5, within(1e-12));
    assertThat(difference.standardError())
        .isCloseTo(Math.sqrt((5.0 / 3) / 4 + 4.0 / 4), within(1e-12));
  }

  /** Wilson's 95 % interval of 8 in 10: [0.4901625, 0.9433178] (statsmodels proportion_confint). */
  @Test
  void wilsonBoundsOfEightInTen() {
    ProportionEstimate rate = new ProportionEstimate(8, 10);
    assertThat(rate.lower(0.025)).isCloseTo(0.4901625, within(1e-6));
    assertThat(rate.upper(0.025)).isCloseTo(0.9433178, within(1e-6));
  }

  @Test
  void aucCountsTiesHalf() {
    AucEstimate auc =
        AucEstimate.of(new double[] {.1, .4, .4, .8}, new double[] {0, 0, 1, 1}).orElseThrow();
    assertThat(auc.value()).isCloseTo(0.875, within(1e-12));
  }

  /** Scores that know nothing: a lower bound above one half is false. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 30, 100})
  void aucBoundsAreSeldomFalseHoweverFewTheRows(int ofEachClass) {
    SplittableRandom random = new SplittableRandom(ofEachClass);
    int above = 0;
    int below = 0;
    for (int run = 0; run < RUNS; run++) {
      double[] scores = random.doubles(2L * ofEachClass).toArray();
      double[] labels = new double[2 * ofEachClass];
      Arrays.fill(labels, 0, ofEachClass, 1);
      AucEstimate auc = AucEstimate.of(scores, labels).orElseThrow();
      above += auc.lower(0.05) > 0.5 ? 1 : 0;
      below += auc.upper(0.05) < 0.5 ? 1 : 0;
    }
    assertThat((double) above / RUNS).isLessThanOrEqualTo(FALSE_AT_MOST);
    assertThat((double) below / RUNS).isLessThanOrEqualTo(FALSE_AT_MOST);
  }

  @Test
  void aucIsUndefinedWithoutBothClasses() {
    assertThat(AucEstimate.of(new double[] {.1, .2, .3}, new double[] {1, 1, 1})).isEmpty();
  }

  @Test
  void aProjectedShareHasTheBoundsOfSoManyRows() {
    ProportionEstimate few = new ProportionEstimate(12, 50);
    ProportionEstimate many = new ProportionEstimate(48, 200);
    assertThat(few.projected(4).lower(0.01)).isCloseTo(many.lower(0.01), within(1e-12));
    assertThat(few.projected(4).upper(0.01)).isCloseTo(many.upper(0.01), within(1e-12));
    assertThat(few.projected(4).n()).isEqualTo(200);
    Estimate difference = new IndependentDifference(few, few).projected(4);
    assertThat(difference.upper(0.01))
        .isCloseTo(new IndependentDifference(many, many).upper(0.01), within(1e-12));
  }

  @Test
  void aProjectedMeanNarrowsWithTheRootOfTheRows() {
    MeanEstimate mean = MeanEstimate.of(1, 2, 3, 4, 6).projected(4);
    assertThat(mean.standardError()).isCloseTo(0.8602325267042627 / 2, within(1e-12));
    assertThat(mean.degreesOfFreedom()).isEqualTo(16);
    assertThat(mean.n()).isEqualTo(20);
  }
}
