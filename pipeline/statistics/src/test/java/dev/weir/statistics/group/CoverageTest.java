package dev.weir.statistics.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Spread;
import dev.weir.statistics.multiple.SimultaneousLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How often the 95 % intervals of a group table hold the true value, in seeded simulations. */
class CoverageTest {
  private static final double ALPHA = 0.05;
  private static final long SEED = 20140131;
  private static final double[] ALIKE = new double[10];
  private static final double[] APART = {-2, -1.5, -1, -.5, 0, .2, .5, 1, 1.5, 2};
  private static final List<String> COMPARED =
      List.of(
          "selection_rate",
          "true_positive_rate",
          "false_positive_rate",
          "accuracy",
          "precision",
          "f1",
          "balanced_accuracy");

  /**
   * Ten groups of different rates: over the metrics of a table 94–97 %, none below 90 % or beyond
   * what four standard errors of 600 intervals allow. (Log loss and Brier score of 30 rows are
   * lowest, by the skewness of losses; the calibration error is highest.)
   */
  @ParameterizedTest
  @CsvSource({"30, false, true", "30, false, false", "30, true, true", "200, true, false"})
  void intervalsOfGroupsHoldTheTruth(int perGroup, boolean isWeighted, boolean isCalibrated) {
    SimulatedGroups groups = new SimulatedGroups(APART, isCalibrated);
    Coverage coverage = new Coverage();
    SplittableRandom random = new SplittableRandom(SEED + perGroup);
    List<Map<String, Double>> truth = groups.truth();
    for (int run = 0; run < 60; run++) {
      GroupTally tally = groups.sample(perGroup, random, isWeighted);
      for (int g = 0; g < groups.count(); g++) {
        Map<String, Optional<Estimate>> metrics = tally.metrics(g);
        truth.get(g).forEach((id, value) -> coverage.add(id, value, metrics.get(id)));
      }
    }
    assertThat(coverage.mean()).as(coverage.toString()).isBetween(0.94, 0.97);
    assertThat(coverage.lowest()).as(coverage.toString()).isGreaterThan(0.90);
  }

  static Stream<Arguments> comparisons() {
    return Stream.of(
        Arguments.of("ten alike of 30", ALIKE, 30, 0.97),
        Arguments.of("ten alike of 200", ALIKE, 200, 0.97),
        Arguments.of("two alike of 30", new double[2], 30, 0.97),
        Arguments.of("two apart of 30", new double[] {-1, 1}, 30, 0.975),
        Arguments.of("two apart of 200", new double[] {0, 2}, 200, 0.97),
        Arguments.of("ten a little apart of 30", APART, 30, 1.0));
  }

  /**
   * The largest against the smallest group: 94–97 % where groups are alike or clearly apart; more,
   * never less, where the rows cannot tell which group is the farthest.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("comparisons")
  void intervalsOfSpreadsHoldTheTruth(String name, double[] tilts, int perGroup, double atMost) {
    SimulatedGroups groups = new SimulatedGroups(tilts, true);
    List<Map<String, Double>> truth = groups.truth();
    Coverage differences = new Coverage();
    Coverage ratios = new Coverage();
    SplittableRandom random = new SplittableRandom(SEED + perGroup);
    for (int run = 0; run < 250; run++) {
      GroupTally tally = groups.sample(perGroup, random, false);
      List<Map<String, Optional<Estimate>>> metrics =
          IntStream.range(0, groups.count()).mapToObj(tally::metrics).toList();
      for (String id : COMPARED) {
        List<Estimate> defined = metrics.stream().flatMap(m -> m.get(id).stream()).toList();
        double max = truth.stream().mapToDouble(m -> m.get(id)).max().orElseThrow();
        double min = truth.stream().mapToDouble(m -> m.get(id)).min().orElseThrow();
        Spread.difference(defined, ALPHA).ifPresent(s -> differences.add(id, max - min, s));
        Spread.ratio(defined, ALPHA).ifPresent(s -> ratios.add(id, min / max, s));
      }
    }
    assertThat(differences.mean()).as(name + differences).isBetween(0.94, atMost);
    assertThat(ratios.mean()).as(name + ratios).isBetween(0.94, atMost);
  }

  /** The simultaneous bounds of a table: those of all ten groups hold at once. */
  @ParameterizedTest
  @CsvSource({"30", "200"})
  void simultaneousBoundsOfAllGroupsHoldTogether(int perGroup) {
    SimulatedGroups groups = new SimulatedGroups(APART, true);
    List<Map<String, Double>> truth = groups.truth();
    double level = SimultaneousLevel.of(identity(groups.count()), ALPHA, 2);
    Coverage together = new Coverage();
    SplittableRandom random = new SplittableRandom(SEED + perGroup);
    for (int run = 0; run < 400; run++) {
      GroupTally tally = groups.sample(perGroup, random, false);
      List<Map<String, Optional<Estimate>>> metrics =
          IntStream.range(0, groups.count()).mapToObj(tally::metrics).toList();
      for (String id : COMPARED) {
        together.add(
            id,
            IntStream.range(0, groups.count())
                .allMatch(g -> holds(metrics.get(g).get(id), truth.get(g).get(id), level)));
      }
    }
    assertThat(together.mean()).as(together.toString()).isBetween(0.94, 0.985);
    assertThat(together.lowest()).as(together.toString()).isGreaterThan(0.91);
  }

  private static boolean holds(Optional<Estimate> estimate, double truth, double level) {
    return estimate
        .map(e -> e.lower(level) <= truth + 1e-12 && truth <= e.upper(level) + 1e-12)
        .orElse(true);
  }

  private static double[][] identity(int size) {
    double[][] identity = new double[size][size];
    for (int i = 0; i < size; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** Intervals that held the truth, by metric. */
  private static final class Coverage {
    private static final double ROUNDING = 1e-12;

    private final Map<String, int[]> held = new TreeMap<>();

    void add(String id, double truth, Optional<Estimate> estimate) {
      estimate.ifPresent(e -> add(id, truth, e.lower(ALPHA / 2), e.upper(ALPHA / 2)));
    }

    void add(String id, double truth, Spread spread) {
      add(id, truth, spread.lower(), spread.upper());
    }

    private void add(String id, double truth, double lower, double upper) {
      add(id, lower <= truth + ROUNDING && truth <= upper + ROUNDING);
    }

    void add(String id, boolean isHeld) {
      int[] of = held.computeIfAbsent(id, key -> new int[2]);
      of[0] += isHeld ? 1 : 0;
      of[1]++;
    }

    double mean() {
      return held.values().stream().mapToDouble(of -> (double) of[0] / of[1]).average().orElse(0);
    }

    double lowest() {
      return held.values().stream().mapToDouble(of -> (double) of[0] / of[1]).min().orElse(0);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder();
      held.forEach(
          (id, of) ->
              text.append(id).append(' ').append(of[0]).append('/').append(of[1]).append(' '));
      return text.toString();
    }
  }
}
