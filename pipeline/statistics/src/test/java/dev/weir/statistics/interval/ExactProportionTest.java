package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExactProportionTest {
  /** No hit in 30 rows has the bound 1 − α^(1/30), as (1 − p)³⁰ = α there. */
  @Test
  void noHitAndAllHitsHaveClosedForms() {
    assertThat(new ExactProportion(0, 30).upper(0.05))
        .isCloseTo(1 - Math.pow(0.05, 1.0 / 30), within(1e-9));
    assertThat(new ExactProportion(0, 30).lower(0.05)).isZero();
    assertThat(new ExactProportion(30, 30).lower(0.05))
        .isCloseTo(Math.pow(0.05, 1.0 / 30), within(1e-9));
    assertThat(new ExactProportion(30, 30).upper(0.05)).isEqualTo(1);
  }

  /** 8 of 10 at 95 %: [0.4439045, 0.9747893] (statsmodels proportion_confint, method beta). */
  @Test
  void boundsAreClopperAndPearsons() {
    ExactProportion rate = new ExactProportion(8, 10);
    assertThat(rate.lower(0.025)).isCloseTo(0.4439045, within(1e-6));
    assertThat(rate.upper(0.025)).isCloseTo(0.9747893, within(1e-6));
    assertThat(rate.projected(2.5).n()).isEqualTo(25);
    assertThat(rate.projected(2.5).lower(0.025)).isGreaterThan(rate.lower(0.025));
  }

  @Test
  void moreHitsThanRowsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExactProportion(3, 2))
        .withMessageContaining("hits <= rows");
  }
}
