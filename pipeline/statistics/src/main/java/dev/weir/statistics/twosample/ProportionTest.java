package dev.weir.statistics.twosample;

import dev.weir.statistics.interval.ProportionEstimate;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.FisherExactTest;

/** Two-sided tests of "two independent proportions are equal". */
public final class ProportionTest {
  private ProportionTest() {}

  /**
   * Returns the z test with the pooled variance: |z| with {@code z = (pₐ − p_b) / √(p (1 − p) (1/n
   * + 1/m))}; 0 and 1 when everybody or nobody succeeds.
   */
  public static TestResult pooledZ(ProportionEstimate a, ProportionEstimate b) {
    double p = ((double) a.successes() + b.successes()) / (a.n() + b.n());
    double variance = p * (1 - p) * (1.0 / a.n() + 1.0 / b.n());
    if (variance == 0) {
      return new TestResult(0, 1);
    }
    double z = Math.abs(a.value() - b.value()) / Math.sqrt(variance);
    return new TestResult(z, 2 * NormalDistribution.of(0, 1).survivalProbability(z));
  }

  /**
   * Returns Fisher's exact test: the odds ratio (infinite or NaN where cells are 0) and the chance
   * of a table that is no more likely, with the margins given.
   *
   * @throws IllegalArgumentException if a side has more than 2³¹ − 1 rows
   */
  public static TestResult fisher(ProportionEstimate a, ProportionEstimate b) {
    int[][] table = {cells(a), cells(b)};
    var result = FisherExactTest.withDefaults().with(AlternativeHypothesis.TWO_SIDED).test(table);
    return new TestResult(result.getStatistic(), result.getPValue());
  }

  private static int[] cells(ProportionEstimate side) {
    if (side.n() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Fisher's test takes at most 2147483647 rows a side, was " + side.n());
    }
    return new int[] {(int) side.successes(), (int) (side.n() - side.successes())};
  }
}
