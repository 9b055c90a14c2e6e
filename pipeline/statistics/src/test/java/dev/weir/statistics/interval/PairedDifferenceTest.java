package dev.weir.statistics.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedDifferenceTest {
  private static final double Z = 1.959963984540054;

  /**
   * Tango's 95 % intervals as published for two studies (M. Fagerland, S. Lydersen, P. Laake,
   * Recommended tests and confidence intervals for paired binomial proportions, 2014; R package
   * contingencytables 3.0.0), without correction.
   */
  @ParameterizedTest
  @CsvSource({"1, 7, 21, -0.517, -0.026, 5e-4", "6, 16, 161, -0.1240, -0.0054, 5e-5"})
  void boundsWithoutCorrectionArePublishedOnes(
      int gained, int lost, int rows, double lower, double upper, double precision) {
    PairedDifference difference = new PairedDifference(gained, lost, rows);
    assertThat(difference.lower(Z, 0)).isCloseTo(lower, within(precision));
    assertThat(difference.upper(Z, 0)).isCloseTo(upper, within(precision));
    assertThat(difference.lower(0.025)).isLessThan(difference.lower(Z, 0));
    assertThat(difference.upper(0.025)).isGreaterThan(difference.upper(Z, 0));
  }

  /** Without disagreement the score equation is Wilson's of no hit: z² / (n + z²). */
  @Test
  void rowsThatAllAgreeHaveBoundsBesideZero() {
    PairedDifference none = new PairedDifference(0, 0, 30);
    assertThat(none.value()).isZero();
    assertThat(none.upper(Z, 0)).isCloseTo(Z * Z / (30 + Z * Z), within(1e-9));
    assertThat(none.lower(0.025)).isEqualTo(-none.upper(0.025)).isNegative();
  }

  @Test
  void aCertainChangeReachesTheEnd() {
    PairedDifference all = new PairedDifference(0, 5, 5);
    assertThat(all.value()).isEqualTo(-1);
    assertThat(all.lower(0.025)).isEqualTo(-1);
    assertThat(all.upper(0.025)).isBetween(-1.0, 0.0);
  }

  @Test
  void moreRowsOfTheSameKindNarrowTheBounds() {
    PairedDifference few = new PairedDifference(3, 1, 40);
    PairedDifference many = few.projected(4);
    assertThat(many.value()).isEqualTo(few.value());
    assertThat(many.n()).isEqualTo(160);
    assertThat(many.standardError()).isCloseTo(few.standardError() / 2, within(1e-12));
    assertThat(many.lower(0.05)).isGreaterThan(few.lower(0.05));
    assertThat(many.upper(0.05)).isLessThan(few.upper(0.05));
  }

  @Test
  void moreDisagreementsThanRowsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairedDifference(3, 3, 5))
        .withMessageContaining("gained + lost <= rows");
    assertThatIllegalArgumentException().isThrownBy(() -> new PairedDifference(Double.NaN, 0, 5));
  }

  /** Every outcome is enumerated, so the share of misses is exact. */
  @ParameterizedTest
  @CsvSource({
    "30, 0.05, 0.00",
    "30, 0.10, 0.05",
    "30, 0.02, 0.02",
    "100, 0.02, 0.00",
    "100, 0.05, 0.00",
    "100, 0.03, 0.01",
    "100, 0.15, 0.15",
    "200, 0.01, 0.00",
    "200, 0.06, 0.01",
    "200, 0.20, 0.10"
  })
  void boundsMissAboutAsSeldomAsTheyPromise(int rows, double gaining, double losing) {
    for (double alpha : new double[] {0.05, 0.0125}) {
      double[] missed = missed(rows, gaining, losing, alpha);
      assertThat(missed[0]).as("lower at %s", alpha).isLessThanOrEqualTo(1.3 * alpha);
      assertThat(missed[1]).as("upper at %s", alpha).isLessThanOrEqualTo(1.3 * alpha);
    }
  }

  private static double[] missed(int rows, double gaining, double losing, double alpha) {
    double truth = gaining - losing;
    double[] missed = new double[2];
    for (int gained = 0; gained <= rows; gained++) {
      for (int lost = 0; gained + lost <= rows; lost++) {
        double chance = chance(rows, gained, lost, gaining, losing);
        if (chance > 1e-9) {
          PairedDifference outcome = new PairedDifference(gained, lost, rows);
          missed[0] += outcome.lower(alpha) > truth ? chance : 0;
          missed[1] += outcome.upper(alpha) < truth ? chance : 0;
        }
      }
    }
    return missed;
  }

  private static double chance(int rows, int gained, int lost, double gaining, double losing) {
    int rest = rows - gained - lost;
    double ways =
        LogGamma.value(rows + 1.0)
            - LogGamma.value(gained + 1.0)
            - LogGamma.value(lost + 1.0)
            - LogGamma.value(rest + 1.0);
    return Math.exp(ways)
        * Math.pow(gaining, gained)
        * Math.pow(losing, lost)
        * Math.pow(1 - gaining - losing, rest);
  }
}
