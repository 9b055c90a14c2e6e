package dev.weir.auditor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.auditor.verdict.GateEngine;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.spec.GroupSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups a and b of 40 rows each, and c, which the spec declares and no row is in. */
class DeclaredGroupsTest {
  private static final int ROWS = 80;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "auc",
        "aucDifference",
        "accuracy",
        "accuracyDifference",
        "calibrationGap",
        "calibrationGapDifference",
        "brierDifference",
        "selectionRate",
        "selectionRateDifference",
        "selectionRateRatio",
        "truePositiveRate",
        "truePositiveRateDifference",
        "falsePositiveRate",
        "falsePositiveRateDifference"
      })
  void aDeclaredGroupWithoutRowsIsNamedAndChangesNoOther(String metric) {
    Policy policy = policy("metric: " + metric + ", groups: g");
    GateEvidence declared = measurements(policy, "a", "b", "c").of(policy.gates().get(0));
    GateEvidence occurring = measurements(policy).of(policy.gates().get(0));

    assertThat(occurring.measured()).extracting(Measured::group).containsExactly("g=a", "g=b");
    assertThat(declared.measured().subList(0, 2)).isEqualTo(occurring.measured());
    assertThat(declared.correlationOf(new int[] {0, 1})).isDeepEqualTo(occurring.correlation());
    assertThat(declared.measured().get(2))
        .isEqualTo(
            Measured.notAssessable(policy.gates().get(0).metric(), "g=c", "no row has this group"));
  }

  @Test
  void aGateDoesNotPassWithoutAGroupThatIsDeclared() {
    Policy policy = policy("metric: brierDifference, groups: g, within: 0.9, minimumRows: 30");
    assertThat(verdict(policy, "a", "b").answer()).isEqualTo(Answer.PASS);
    Verdict verdict = verdict(policy, "a", "b", "c");
    assertThat(verdict.answer()).isEqualTo(Answer.INSUFFICIENT_EVIDENCE);
    GateResult nobody = verdict.results().get(2);
    assertThat(nobody.isNotAssessable()).isTrue();
    assertThat(nobody.n()).isZero();
    assertThat(nobody.rowsNeeded()).isNull();
    assertThat(nobody.reason()).contains("(g=c): NOT_ASSESSABLE", "no row has this group");
  }

  @Test
  void thePolicySaysWhatAGroupWithoutRowsMeans() {
    String gate = "metric: brierDifference, groups: g, within: 0.9, notAssessable: ";
    assertThat(verdict(policy(gate + "pass"), "c").answer()).isEqualTo(Answer.PASS);
    assertThat(verdict(policy(gate + "block"), "c").answer()).isEqualTo(Answer.BLOCK);
  }

  @Test
  void aWarningNamesAGroupWithoutRowsAndChangesNoVerdict() {
    Policy policy =
        policy(
            "metric: brierDifference, groups: g, within: 0.9, severity: warn",
            "metric: calibrationGap, within: 0.9");
    Verdict verdict = verdict(policy, "c");
    assertThat(verdict.answer()).isEqualTo(Answer.PASS);
    assertThat(verdict.results())
        .filteredOn(GateResult::isNotAssessable)
        .extracting(GateResult::group)
        .containsExactly("g=c");
  }

  @Test
  void ifNoRowHasAnyGroupEachDeclaredOneIsNamed() {
    Policy policy = policy("metric: selectionRate, groups: h, above: 0");
    Groupings groupings =
        Groupings.of(List.of(new GroupSpec("h", "h", classes("x", "y"), null)), policy);
    Measurements measurements = measurements(groupings);
    assertThat(measurements.of(policy.gates().get(0)).measured())
        .allMatch(each -> !each.isAssessable())
        .extracting(Measured::group)
        .containsExactly("h=x", "h=y");
  }

  @Test
  void groupingsAreThoseOfSpecAndPolicy() {
    Policy policy = policy("metric: auc, groups: g", "metric: auc, groups: other");
    Groupings groupings =
        Groupings.of(
            List.of(
                new GroupSpec("g", "g", classes("c"), "rest"),
                new GroupSpec("unasked", "u", Map.of(), null)),
            policy);
    assertThat(groupings.names()).containsExactly("g", "other", "unasked");
    Grouping grouping = groupings.of("g", List.of(row("a"), row("c"), row("a")));
    assertThat(grouping.values()).containsExactly("a", "c", "rest");
    assertThat(grouping.sizes()).containsExactly(2, 1, 0);
    assertThat(grouping.occurring()).isEqualTo(2);
  }

  private static Verdict verdict(Policy policy, String... declared) {
    return new GateEngine(policy, 1).evaluate(measurements(policy, declared), false);
  }

  private static Measurements measurements(Policy policy, String... declared) {
    return measurements(
        Groupings.of(List.of(new GroupSpec("g", "g", classes(declared), null)), policy));
  }

  /** Of each group, rows are selected and positive in every combination, with different scores. */
  private static Measurements measurements(Groupings groupings) {
    List<Row> rows = IntStream.range(0, ROWS).mapToObj(i -> row(i % 2 == 0 ? "a" : "b")).toList();
    double[] labels = IntStream.range(0, ROWS).mapToDouble(i -> i / 2 % 2).toArray();
    double[] scores = IntStream.range(0, ROWS).mapToDouble(i -> (i * 37 % 80 + 0.5) / 80).toArray();
    ScoredRows scored = ScoredRows.of(labels, scores, name -> groupings.of(name, rows));
    return new Measurements(scored, Manifests.deciding(0.5, 0.5));
  }

  private static Map<String, List<String>> classes(String... names) {
    return List.of(names).stream().collect(Collectors.toMap(name -> name, name -> List.of(name)));
  }

  private static Row row(String group) {
    return new Row(
        "e",
        "entity",
        Instant.EPOCH,
        "spec",
        FeatureVector.of(1),
        Map.of("g", group),
        Origin.STREAM);
  }

  private static Policy policy(String... gates) {
    StringBuilder text =
        new StringBuilder("id: test\nversion: 1\nalpha: 0.05\nreaudits: 0\ngates:\n");
    for (String gate : gates) {
      text.append("  - {name: gate ").append(text.length()).append(", ").append(gate).append("}\n");
    }
    return PolicyReader.parse("policy.yaml", text.toString());
  }
}
