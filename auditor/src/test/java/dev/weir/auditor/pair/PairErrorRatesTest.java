package dev.weir.auditor.pair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.auditor.evidence.Grouping;
import dev.weir.auditor.evidence.Measurements;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.verdict.GateEngine;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.statistics.multiple.SimultaneousLevel;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often gates of the pair err at the limit of their tolerance, where a pass and a block are
 * both false, simulated: at most 5 % and two standard errors of 2,000 runs.
 */
class PairErrorRatesTest {
  private static final int RUNS = 2000;
  private static final double STANDARD_ERROR = Math.sqrt(0.05 * 0.95 / RUNS);
  private static final double MOST = 0.05 + 2 * STANDARD_ERROR;
  private static final double LEAST_TOGETHER = 0.95 - 3 * STANDARD_ERROR;

  private static final double GAINED = 0.15;
  private static final double LOST = 0.1;
  private static final double STEP = 0.2;

  @ParameterizedTest
  @CsvSource({
    "'selectionRateChange, within: 0.1', 2, 50, 0.1",
    "'selectionRateChange, within: 0.1', 10, 100, 0.1",
    "'selectionRateChange, within: 0.02', 5, 100, 0.02",
    "'selectionRateChangeDifference, within: 0.1', 5, 100, 0.1",
    "'flipRate, below: 0.1', 5, 100, 0.1",
    "'calibrationGapChange, within: 0.03', 5, 100, 0.1"
  })
  void aPassAndABlockAtTheLimitAreRare(String gate, int groups, int rows, double gained) {
    Policy policy = policy(gate);
    int passes = 0;
    int blocks = 0;
    for (int run = 0; run < RUNS; run++) {
      Answer answer = answer(policy, groups, rows, gained, run);
      passes += answer == Answer.PASS ? 1 : 0;
      blocks += answer == Answer.BLOCK ? 1 : 0;
    }
    assertThat((double) passes / RUNS).as("passes").isLessThanOrEqualTo(MOST);
    assertThat((double) blocks / RUNS).as("blocks").isLessThanOrEqualTo(MOST);
  }

  /**
   * The bounds of all groups of a grouping hold together 95 % of the time, less three standard
   * errors.
   */
  @ParameterizedTest
  @CsvSource({"2, 50", "10, 30", "10, 100"})
  void theBoundsOfAllGroupsHoldTogether(int groups, int rows) {
    Grouping grouping = grouping(groups * rows, groups);
    double level = SimultaneousLevel.of(identity(groups), 0.05, 2);
    int rates = 0;
    int means = 0;
    for (int run = 0; run < RUNS; run++) {
      PairedRows drawn = drawn(groups, rows, run);
      GroupChanges selected = new GroupChanges(drawn, Quantity.SELECTION_RATE, grouping);
      GroupChanges calibrated = new GroupChanges(drawn, Quantity.CALIBRATION_GAP, grouping);
      rates += hold(selected, groups, 1, level) ? 1 : 0;
      means += hold(calibrated, groups, STEP, level) ? 1 : 0;
    }
    assertThat((double) rates / RUNS).as("rates").isGreaterThanOrEqualTo(LEAST_TOGETHER);
    assertThat((double) means / RUNS).as("means").isGreaterThanOrEqualTo(LEAST_TOGETHER);
  }

  private static boolean hold(GroupChanges changes, int groups, double step, double level) {
    double truth = step * (GAINED - LOST);
    return IntStream.range(0, groups)
        .mapToObj(group -> changes.change(group).orElseThrow())
        .allMatch(change -> change.lower(level) <= truth && truth <= change.upper(level));
  }

  private static double[][] identity(int groups) {
    double[][] identity = new double[groups][groups];
    for (int group = 0; group < groups; group++) {
      identity[group][group] = 1;
    }
    return identity;
  }

  /** In every group the same shares of rows rise, and fall, over the threshold. */
  private static PairedRows drawn(int groups, int rows, int run) {
    SplittableRandom random = new SplittableRandom(run);
    int n = groups * rows;
    double[] parent = new double[n];
    double[] candidate = new double[n];
    double[] labels = new double[n];
    for (int row = 0; row < n; row++) {
      double draw = random.nextDouble();
      double step = draw < GAINED ? STEP : draw < GAINED + LOST ? -STEP : 0;
      parent[row] = 0.5 - step / 2;
      candidate[row] = 0.5 + step / 2;
      labels[row] = random.nextInt(2);
    }
    return PairMeasurementsTest.rows(labels, parent, candidate, grouping(n, groups));
  }

  private static Grouping grouping(int n, int groups) {
    return Grouping.of(IntStream.range(0, n).mapToObj(row -> "g" + row % groups).toList());
  }

  /** In group 0 the share {@code gained} of rows rises by 0.3 and so is newly selected. */
  private static Answer answer(Policy policy, int groups, int rows, double gained, int run) {
    SplittableRandom random = new SplittableRandom(run);
    int n = groups * rows;
    double[] parent = new double[n];
    double[] candidate = new double[n];
    double[] labels = new double[n];
    for (int row = 0; row < n; row++) {
      boolean isHit = row % groups == 0 && random.nextDouble() < gained;
      parent[row] = isHit || random.nextDouble() < 0.7 ? 0.3 : 0.7;
      candidate[row] = parent[row] + (isHit ? 0.3 : 0);
      labels[row] = random.nextInt(2);
    }
    ScoredRows scored = ScoredRows.of(labels, candidate, Map.of("g", grouping(n, groups)));
    PairedRows rowsInPairs =
        PairedRows.of(
            scored, PairMeasurementsTest.manifest(), parent, PairMeasurementsTest.manifest());
    Measurements measurements =
        new Measurements(scored, PairMeasurementsTest.manifest())
            .inPairs(new PairMeasurements(rowsInPairs, null));
    return new GateEngine(policy, 1).evaluate(measurements, false).answer();
  }

  private static Policy policy(String gate) {
    return PolicyReader.parse(
        "policy.yaml",
        "id: p\nversion: 1\nalpha: 0.05\nreaudits: 0\ngates:\n"
            + "  - {name: n, groups: g, minimumRows: 10, metric: "
            + gate
            + "}\n");
  }
}
