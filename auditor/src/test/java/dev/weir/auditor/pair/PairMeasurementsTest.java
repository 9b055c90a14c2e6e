package dev.weir.auditor.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.auditor.evidence.GateEvidence;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.auditor.evidence.Manifests;
import dev.weir.auditor.evidence.Measured;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.PairedDifference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairMeasurementsTest {
  /** Group a: rows 0 to 4; group b: rows 5 to 7; row 8 has no group. */
  private static final double[] LABELS = {1, 1, 0, 0, 1, 1, 0, 1, 0};

  private static final double[] PARENT = {.9, .8, .2, .6, .4, .7, .3, .6, .9};
  private static final double[] CANDIDATE = {.9, .4, .2, .6, .4, .3, .6, .4, .1};
  private static final Grouping GROUPS =
      Grouping.of(Arrays.asList("a", "a", "a", "a", "a", "b", "b", "b", null));

  /** Worked by hand: gained − lost of the rows that count. */
  @ParameterizedTest
  @CsvSource({
    "selectionRateChange, 0, 1, 5, 1, 2, 3",
    "truePositiveRateChange, 0, 1, 3, 0, 2, 2",
    "falsePositiveRateChange, 0, 0, 2, 1, 0, 1",
    "accuracyChange, 0, 1, 5, 0, 3, 3"
  })
  void ratesChangeByTheRowsThatAreDecidedOtherwise(
      String metric, int gainedA, int lostA, int rowsA, int gainedB, int lostB, int rowsB) {
    List<Measured> measured = measure(metric, "g").measured();
    assertThat(measured).extracting(Measured::group).containsExactly("g=a", "g=b");
    assertThat(measured)
        .extracting(Measured::estimate)
        .containsExactly(
            new PairedDifference(gainedA, lostA, rowsA),
            new PairedDifference(gainedB, lostB, rowsB));
    assertThat(measured).extracting(Measured::n).containsExactly((long) rowsA, (long) rowsB);
  }

  @Test
  void meansChangeByTheMeanOfTheRowsChanges() {
    List<Measured> brier = measure("brierChange", "g").measured();
    // Only row 1 changed in a: (.4 − 1)² − (.8 − 1)² = .32.
    assertThat(estimate(brier.get(0)).value()).isCloseTo(0.32 / 5, within(1e-12));
    assertThat(estimate(brier.get(1)).value())
        .isCloseTo((0.49 - 0.09 + 0.36 - 0.09 + 0.36 - 0.16) / 3, within(1e-12));
    assertThat(estimate(measure("calibrationGapChange", null).measured().get(0)).value())
        .isCloseTo((-0.4 - 0.4 + 0.3 - 0.2 - 0.8) / 9, within(1e-12));
  }

  @Test
  void allRowsAtOnceIncludeThoseWithoutGroup() {
    Measured flips = measure("flipRate", null).measured().get(0);
    assertThat(flips.group()).isEqualTo("all");
    assertThat(flips.n()).isEqualTo(9);
    assertThat(estimate(flips).value()).isCloseTo(5.0 / 9, within(1e-12));
    assertThat(measure("flipRate", "g").measured())
        .extracting(each -> estimate(each).value())
        .containsExactly(0.2, 1.0);
  }

  /** Two groups against each other are one comparison, told twice. */
  @Test
  void aGroupIsComparedWithTheOthersChange() {
    GateEvidence evidence = measure("selectionRateChangeDifference", "g");
    Estimate a = estimate(evidence.measured().get(0));
    Estimate b = estimate(evidence.measured().get(1));
    assertThat(a.value()).isCloseTo(-1.0 / 5 + 1.0 / 3, within(1e-12));
    assertThat(b.value()).isCloseTo(-a.value(), within(1e-12));
    assertThat(b.lower(0.05)).isCloseTo(-a.upper(0.05), within(1e-9));
    assertThat(evidence.correlation()[0][1]).isCloseTo(-1, within(1e-9));
  }

  /** Nothing changed in these rows, which is no proof for others. */
  @Test
  void anUnchangedVersionHasBoundsBesideZero() {
    PairMeasurements same = pair(LABELS, PARENT, PARENT, GROUPS);
    for (String metric : List.of("selectionRateChange", "brierChange", "calibrationGapChange")) {
      Estimate change = estimate(same.of(gate(metric, "g")).measured().get(0));
      assertThat(change).isEqualTo(new PairedDifference(0, 0, 5));
      assertThat(change.upper(0.05)).isPositive();
    }
  }

  @Test
  void versionsThatDecideTheSameOfEverybodyShowNothing() {
    double[] low = new double[9];
    Arrays.fill(low, 0.1);
    for (String metric : List.of("selectionRateChange", "accuracyChangeDifference", "flipRate")) {
      Measured measured = pair(LABELS, low, low, GROUPS).of(gate(metric, "g")).measured().get(0);
      assertThat(measured.estimate()).isNull();
      assertThat(measured.undefined()).contains("both versions decide the same");
      assertThat(measured.isAssessable()).isTrue();
    }
    assertThat(
            estimate(
                    pair(LABELS, PARENT, low, GROUPS)
                        .of(gate("selectionRateChange", null))
                        .measured()
                        .get(0))
                .value())
        .isCloseTo(-6.0 / 9, within(1e-12));
  }

  @Test
  void whoSelectsNobodyForAParentThatSelectsEverybodyFlipsAll() {
    double[] high = new double[9];
    Arrays.fill(high, 0.9);
    Measured flips =
        pair(LABELS, high, new double[9], GROUPS).of(gate("flipRate", "g")).measured().get(0);
    assertThat(estimate(flips).value()).isEqualTo(1);
    assertThat(estimate(flips).lower(0.05)).isGreaterThan(0.5);
  }

  @Test
  void whatCannotBeHadSaysWhy() {
    Measured shift = measure("attributionShift", "g").measured().get(0);
    assertThat(shift.isAssessable()).isFalse();
    assertThat(shift.undefined()).contains("no background");
    Measured nobody = measure("flipRate", "h").measured().get(0);
    assertThat(nobody.isAssessable()).isFalse();
    assertThat(nobody.undefined()).isEqualTo("no row has this group");
    Grouping many = Grouping.of(IntStream.range(0, 63).mapToObj(row -> "g" + row / 3).toList());
    double[] labels = new double[63];
    AttributionShifts shifts =
        new AttributionShifts(row -> new double[] {1}, row -> new double[] {1}, 30, 1);
    PairedRows rows = rows(labels, labels, labels, many);
    Measured tooMany =
        new PairMeasurements(rows, shifts).of(gate("attributionShift", "g")).measured().get(0);
    assertThat(tooMany.undefined()).contains("at most 20 groups, there are 21");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flipRate", "accuracyChange", "brierChange", "accuracyChangeDifference"})
  void aDeclaredGroupWithoutRowsCannotBeAssessed(String metric) {
    List<@Nullable String> groups = Arrays.asList("a", "a", "a", "a", "a", "b", "b", "b", null);
    Grouping declared = Grouping.of(groups, List.of("c"));
    List<Measured> measured =
        pair(LABELS, PARENT, CANDIDATE, declared).of(gate(metric, "g")).measured();
    assertThat(measured.subList(0, 2)).isEqualTo(measure(metric, "g").measured());
    assertThat(measured.get(2).group()).isEqualTo("g=c");
    assertThat(measured.get(2).isAssessable()).isFalse();
  }

  private static GateEvidence measure(String metric, @Nullable String groups) {
    return pair(LABELS, PARENT, CANDIDATE, GROUPS).of(gate(metric, groups));
  }

  private static PairMeasurements pair(
      double[] labels, double[] parent, double[] candidate, Grouping grouping) {
    return new PairMeasurements(rows(labels, parent, candidate, grouping), null);
  }

  static PairedRows rows(double[] labels, double[] parent, double[] candidate, Grouping grouping) {
    ScoredRows scored = ScoredRows.of(labels, candidate, Map.of("g", grouping));
    return PairedRows.of(scored, manifest(), parent, manifest());
  }

  private static Estimate estimate(Measured measured) {
    Estimate estimate = measured.estimate();
    assertThat(estimate).as(measured.undefined()).isNotNull();
    return estimate;
  }

  static Gate gate(String metric, @Nullable String groups) {
    String text =
        "id: p\nversion: 1\nalpha: 0.05\nreaudits: 0\ngates:\n  - {name: n, metric: "
            + metric
            + (groups == null ? "" : ", groups: " + groups)
            + ", within: 0.1}\n";
    return PolicyReader.parse("policy.yaml", text).gates().get(0);
  }

  static ModelManifest manifest() {
    return Manifests.deciding(0.5, 0.5);
  }
}
