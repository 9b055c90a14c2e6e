package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IndependentEstimatesTest {
  private static final Offset<Double> CLOSE = within(1e-12);
  private static final ProportionEstimate EIGHT_OF_TEN = new ProportionEstimate(8, 10);
  private static final ProportionEstimate NINE_OF_FORTY = new ProportionEstimate(9, 40);

  /** lower(a/b) · upper(b/a) = 1. */
  @Test
  void theBoundsOfARatioTurnOverWithIt() {
    var ratio = new IndependentRatio(EIGHT_OF_TEN, NINE_OF_FORTY);
    var inverse = new IndependentRatio(NINE_OF_FORTY, EIGHT_OF_TEN);
    assertThat(ratio.lower(0.025) * inverse.upper(0.025)).isCloseTo(1, CLOSE);
    assertThat(ratio.upper(0.025) * inverse.lower(0.025)).isCloseTo(1, CLOSE);
  }

  @Test
  void aRatioOfNoneHasAnUpperBound() {
    var ratio = new IndependentRatio(new ProportionEstimate(0, 30), NINE_OF_FORTY);
    assertThat(ratio.lower(0.025)).isZero();
    assertThat(ratio.upper(0.025)).isBetween(0.3, 1.0);
  }

  @Test
  void aRatioToWhatMayBeNothingIsUnbounded() {
    Estimate vague = new MeanEstimate(0.1, 0.2, 10, 11);
    assertThat(new IndependentRatio(EIGHT_OF_TEN, vague).upper(0.025))
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> new IndependentRatio(vague, new ProportionEstimate(0, 5)))
        .hasMessageContaining("denominator > 0, was 0.1 / 0.0");
  }

  @Test
  void equalWeightsOfAnySizeGiveWilsonsBounds() {
    var weighted = EffectiveProportion.weighted(8 * 2.5, 8 * 6.25, 2 * 2.5, 2 * 6.25, 10);
    assertThat(weighted.lower(0.025)).isCloseTo(EIGHT_OF_TEN.lower(0.025), CLOSE);
    assertThat(weighted.upper(0.025)).isCloseTo(EIGHT_OF_TEN.upper(0.025), CLOSE);
  }

  @Test
  void unequalWeightsAreWorthFewerRows() {
    assertThat(EffectiveProportion.weighted(5, 15, 5, 15, 10).effectiveRows()).isLessThan(4);
  }

  @Test
  void aSpreadOfTwoIsTheirDifferenceWithoutItsSign() {
    Spread spread = Spread.difference(List.of(NINE_OF_FORTY, EIGHT_OF_TEN), 0.05).orElseThrow();
    var newcombe = new IndependentDifference(EIGHT_OF_TEN, NINE_OF_FORTY);
    assertThat(spread.maximum()).isEqualTo(1);
    assertThat(spread.minimum()).isZero();
    assertThat(spread.lower()).isCloseTo(newcombe.lower(0.025), CLOSE);
    assertThat(spread.upper()).isCloseTo(newcombe.upper(0.025), CLOSE);
  }

  @Test
  void oneGroupAloneHasNoSpreadAndNobodySelectedHasNoRatio() {
    assertThat(Spread.difference(List.of(EIGHT_OF_TEN), 0.05)).isEmpty();
    var none = new ProportionEstimate(0, 9);
    assertThat(Spread.ratio(List.of(none, none), 0.05)).isEmpty();
    assertThat(Spread.ratio(List.of(none, EIGHT_OF_TEN), 0.05).orElseThrow().value()).isZero();
  }

  /** All pairs of 3 and 3 in order: by chance when the area is θ with probability θ³. */
  @Test
  void aPerfectRankingOfFewRowsProvesLittle() {
    assertThat(new RankEstimate(1, 0, 2, 3, 6).lower(0.05))
        .isCloseTo(Math.cbrt(0.05), within(1e-9));
  }
}
