package dev.weir.auditor.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.auditor.verdict.SimulatedRows.Wrong;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.Tolerance;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.IndependentDifference;
import dev.weir.statistics.interval.IndependentRatio;
import dev.weir.statistics.interval.ProportionEstimate;
import dev.weir.statistics.interval.SkewedMean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsNeededTest {
  private static final double ALPHA = 0.05;

  /**
   * The count at which every other audit passes lies within 20 % of what is said, for an estimate
   * that is the truth: fewer than half pass with 20 % less, more than half with 20 % more.
   */
  @ParameterizedTest(name = "{0}, gap {1} within {2}")
  @CsvSource({
    "SELECTION, 0.05, 0.1",
    "SELECTION, 0.1, 0.2",
    "RATIO, 0.05, 0.15",
    "CALIBRATION, 0.05, 0.12",
    "CALIBRATION, 0.2, 0.3",
    "BRIER, 0.05, 0.08",
    "BRIER, 0.02, 0.06"
  })
  void halfOfTheAuditsPassWithinTwentyPercentOfIt(Wrong wrong, double gap, double limit) {
    Estimate now = truth(wrong, gap);
    Long more = RowsNeeded.of(now.n(), now, tolerance(wrong, limit), ALPHA);
    assertThat(more).isNotNull();
    long rows = now.n() + more;
    assertThat(passes(wrong, gap, limit, Math.round(0.8 * rows))).isLessThan(0.5);
    assertThat(passes(wrong, gap, limit, Math.round(1.2 * rows))).isGreaterThan(0.5);
  }

  private static double passes(Wrong wrong, double gap, double limit, long rows) {
    Policy policy = SimulatedRows.policy(0, wrong, limit);
    return Runs.of(seed -> Runs.audit(policy, new SimulatedRows(2, wrong, gap, seed), (int) rows))
        .pass();
  }

  private static Tolerance tolerance(Wrong wrong, double limit) {
    return wrong == Wrong.RATIO
        ? new Tolerance.Below(1 + limit / 0.3)
        : new Tolerance.Within(limit);
  }

  /** Returns the estimate of 2 x 50 rows that is as the population is. */
  private static Estimate truth(Wrong wrong, double gap) {
    return switch (wrong) {
      case SELECTION -> new IndependentDifference(half(0.3 + gap), half(0.3));
      case RATIO -> new IndependentRatio(half(0.3 + gap), half(0.3));
      // p is uniform in [0.2, 0.5], where E p (1 - p) is 0.22; a shift does not change that.
      case CALIBRATION -> new SkewedMean(gap, Math.sqrt(2 * 0.22 / 50), 98, 0, 100);
      case BRIER ->
          new SkewedMean(
              gap, Math.sqrt((brierVariance(0.1) + brierVariance(0.1 + gap)) / 50), 98, 0, 100);
    };
  }

  private static Estimate half(double rate) {
    return new ProportionEstimate(Math.round(rate * 100), 100).projected(0.5);
  }

  /** A score 0.5 ± s loses (0.5 - s)² with chance 0.5 + s, else (0.5 + s)². */
  private static double brierVariance(double brier) {
    double s = Math.sqrt(0.25 - brier);
    return 4 * s * s * (0.5 + s) * (0.5 - s);
  }

  @Test
  void whatLiesOutsideDoesNotPassOnMoreRows() {
    Estimate outside = new SkewedMean(0.4, 0.2, 98, 0, 100);
    assertThat(RowsNeeded.of(100, outside, new Tolerance.Within(0.3), ALPHA)).isNull();
  }

  @Test
  void theLimitItselfIsNeverReached() {
    Estimate close = new SkewedMean(0.3 - 1e-9, 0.2, 98, 0, 100);
    assertThat(RowsNeeded.of(100, close, new Tolerance.Within(0.3), ALPHA)).isNull();
  }
}
