package dev.weir.auditor.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.auditor.verdict.SimulatedRows.Wrong;
import dev.weir.contracts.policy.Policy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often a verdict is wrong at α = 5 %, over 2,000 seeded populations each.
 *
 * <p>At the limit itself a pass is false, and so is a block of what lies just inside. A tolerance
 * of next to nothing shows the chance to block a fair model anywhere in the table.
 */
class VerdictErrorRatesTest {
  /** 5 % and two standard errors of what the runs can tell. */
  private static final double AT_MOST = 0.05 + 2 * Math.sqrt(0.05 * 0.95 / Runs.COUNT);

  @ParameterizedTest(name = "{0} {1} x {2} at {3}")
  @CsvSource({
    "SELECTION, 2, 200, 0.15",
    "SELECTION, 2, 50, 0.3",
    "SELECTION, 5, 100, 0.2",
    "SELECTION, 10, 200, 0.15",
    "RATIO, 2, 200, 0.15",
    "RATIO, 2, 50, 0.3",
    "RATIO, 5, 100, 0.2",
    "RATIO, 10, 200, 0.15",
    "CALIBRATION, 2, 200, 0.15",
    "CALIBRATION, 2, 50, 0.3",
    "CALIBRATION, 5, 100, 0.2",
    "CALIBRATION, 10, 200, 0.15",
    "BRIER, 2, 200, 0.1",
    "BRIER, 2, 50, 0.14",
    "BRIER, 5, 100, 0.12",
    "BRIER, 10, 200, 0.1"
  })
  void atTheLimitAPassOrABlockIsRare(Wrong wrong, int groups, int rows, double limit) {
    Policy policy = SimulatedRows.policy(0, wrong, limit);
    Runs runs =
        Runs.of(
            seed ->
                Runs.audit(policy, new SimulatedRows(groups, wrong, limit, seed), groups * rows));
    assertThat(runs.pass()).as("false pass").isLessThanOrEqualTo(AT_MOST);
    assertThat(runs.block()).as("false block").isLessThanOrEqualTo(AT_MOST);
  }

  @ParameterizedTest(name = "{0} {1} x {2}")
  @CsvSource({
    "SELECTION, 2, 200",
    "SELECTION, 2, 50",
    "SELECTION, 5, 100",
    "SELECTION, 10, 200",
    "RATIO, 2, 50",
    "RATIO, 10, 200",
    "CALIBRATION, 2, 200",
    "CALIBRATION, 2, 50",
    "CALIBRATION, 5, 100",
    "CALIBRATION, 10, 200",
    "BRIER, 2, 200",
    "BRIER, 2, 50",
    "BRIER, 5, 100",
    "BRIER, 10, 200"
  })
  void aFairModelIsRarelyBlockedAnywhereInTheTable(Wrong wrong, int groups, int rows) {
    Policy policy = SimulatedRows.policy(0, wrong, 1e-9);
    Runs runs =
        Runs.of(
            seed -> Runs.audit(policy, new SimulatedRows(groups, wrong, 0, seed), groups * rows));
    assertThat(runs.block()).as("false block").isLessThanOrEqualTo(AT_MOST);
    assertThat(runs.pass()).as("a tolerance of nothing cannot be met").isZero();
  }

  @ParameterizedTest(name = "{0} {1} x {2} at {3}")
  @CsvSource({
    "SELECTION, 2, 200, 0.15",
    "SELECTION, 5, 100, 0.2",
    "CALIBRATION, 2, 50, 0.3",
    "BRIER, 2, 50, 0.14"
  })
  void auditingAgainKeepsBoth(Wrong wrong, int groups, int rows, double limit) {
    Policy policy = SimulatedRows.policy(3, wrong, limit);
    Runs runs =
        Runs.of(
            seed ->
                Runs.auditAgain(
                    policy, new SimulatedRows(groups, wrong, limit, seed), groups * rows));
    assertThat(runs.pass()).as("false pass").isLessThanOrEqualTo(AT_MOST);
    assertThat(runs.block()).as("false block").isLessThanOrEqualTo(AT_MOST);
  }
}
