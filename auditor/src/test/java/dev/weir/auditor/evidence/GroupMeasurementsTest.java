package dev.weir.auditor.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Tolerance;
import dev.weir.statistics.interval.AucEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups a, b and c of 8, 4 and 4 rows, and one row without a group, decided at 0.5. */
class GroupMeasurementsTest {
  private static final double[] SCORES = {
    .9, .8, .7, .6, .4, .3, .2, .1, .9, .4, .3, .2, .6, .4, .7, .2, .9
  };
  private static final double[] LABELS = {1, 1, 0, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0};
  private static final int[] CODES = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, -1};

  private final ScoredRows rows =
      ScoredRows.of(LABELS, SCORES, Map.of("g", new Grouping(List.of("a", "b", "c"), CODES)));

  @Test
  void accuracyCountsRightDecisions() {
    assertThat(values(Metric.ACCURACY)).containsExactly(0.75, 0.75, 0.0);
    assertThat(values(Metric.ACCURACY_DIFFERENCE))
        .containsExactly(0.75 - 3 / 8.0, 0.75 - 6 / 12.0, 0 - 9 / 12.0);
  }

  /** Selected are 4 of 8, 1 of 4 and 2 of 4. */
  @Test
  void ratiosCompareAGroupWithTheOthers() {
    double[] values = values(Metric.SELECTION_RATE_RATIO);
    assertThat(values[0]).isCloseTo(0.5 / (3 / 8.0), within(1e-12));
    assertThat(values[1]).isCloseTo(0.25 / (6 / 12.0), within(1e-12));
    assertThat(values[2]).isCloseTo(0.5 / (5 / 12.0), within(1e-12));
  }

  /** log(a/others) and log(b/others) fall and rise with a's mean: by hand for two groups, −1. */
  @Test
  void ratiosOfTwoGroupsMirrorEachOther() {
    int[] two = Arrays.stream(CODES).map(code -> Math.min(code, 1)).toArray();
    ScoredRows halves =
        ScoredRows.of(LABELS, SCORES, Map.of("g", new Grouping(List.of("a", "b"), two)));
    GateEvidence evidence = measure(halves, Metric.SELECTION_RATE_RATIO);
    assertThat(evidence.correlation()[0][1]).isCloseTo(-1, within(1e-9));
    assertThat(evidence.measured().get(0).estimate().value())
        .isCloseTo(1 / evidence.measured().get(1).estimate().value(), within(1e-12));
  }

  @Test
  void areasAreOfTheGroupsOwnRows() {
    AucEstimate own =
        AucEstimate.of(Arrays.copyOf(SCORES, 8), Arrays.copyOf(LABELS, 8)).orElseThrow();
    AucEstimate others =
        AucEstimate.of(Arrays.copyOfRange(SCORES, 8, 16), Arrays.copyOfRange(LABELS, 8, 16))
            .orElseThrow();
    assertThat(values(Metric.AUC)[0]).isEqualTo(own.value()).isEqualTo(14 / 16.0);
    assertThat(values(Metric.AUC)[2]).isZero();
    assertThat(values(Metric.AUC_DIFFERENCE)[0]).isEqualTo(own.value() - others.value());
  }

  @Test
  void aGroupOfOneClassHasNoArea() {
    double[] labels = LABELS.clone();
    Arrays.fill(labels, 8, 12, 1);
    ScoredRows oneClass =
        ScoredRows.of(labels, SCORES, Map.of("g", new Grouping(List.of("a", "b", "c"), CODES)));
    assertThat(measure(oneClass, Metric.AUC).measured().get(1).undefined()).contains("class");
    assertThat(measure(oneClass, Metric.AUC_DIFFERENCE).measured().get(1).estimate()).isNull();
  }

  @Test
  void aRatioToNobodyIsUndefined() {
    double[] scores = SCORES.clone();
    Arrays.fill(scores, 8, 16, 0.1);
    ScoredRows lonely =
        ScoredRows.of(LABELS, scores, Map.of("g", new Grouping(List.of("a", "b", "c"), CODES)));
    List<Measured> measured = measure(lonely, Metric.SELECTION_RATE_RATIO).measured();
    assertThat(measured.get(0).undefined()).contains("none of the others");
    assertThat(measured.get(1).estimate().value()).isZero();
  }

  /** The policy's page promises each of these for a group, or for all rows. */
  @ParameterizedTest
  @MethodSource("withinGroups")
  void whatIsMeasuredWithinGroupsIsMeasuredOfAllRows(Metric metric) {
    Measured all =
        new Measurements(rows, Manifests.deciding(0.5, 0.5)).of(gate(metric)).measured().get(0);
    assertThat(all.undefined()).isEmpty();
    assertThat(all.estimate().value()).isNotNaN();
  }

  static Stream<Metric> withinGroups() {
    return Stream.of(Metric.values())
        .filter(metric -> metric.scope() == Metric.Scope.WITHIN_GROUPS)
        .filter(metric -> !metric.isAgainstParent() && metric != Metric.UNOBSERVED_SHARE);
  }

  private static Gate gate(Metric metric) {
    return new Gate(
        "g",
        metric,
        new Tolerance.Reported(),
        Gate.AppliesTo.ALWAYS,
        null,
        0,
        Gate.Severity.REPORT,
        null);
  }

  private double[] values(Metric metric) {
    return measure(rows, metric).measured().stream()
        .map(Measured::estimate)
        .mapToDouble(estimate -> Objects.requireNonNull(estimate).value())
        .toArray();
  }

  private static GateEvidence measure(ScoredRows rows, Metric metric) {
    return new GroupMeasurements(
            rows, Decisions.of(rows, Manifests.deciding(0.5, 0.5)), metric, "g")
        .measure();
  }
}
