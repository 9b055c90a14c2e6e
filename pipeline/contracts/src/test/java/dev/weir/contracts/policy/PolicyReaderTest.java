package dev.weir.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.policy.Gate.AppliesTo;
import dev.weir.contracts.policy.Gate.Severity;
import dev.weir.contracts.spec.SpecException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {
  private static final String TEXT =
      """
      id: house-rules
      version: 2
      alpha: 0.05
      gates:
        - {name: ranks, metric: auc, above: 0.5, appliesTo: first}
        - {name: frugal, metric: trainingJoules, below: 5000, severity: warn}
        - name: calibrated
          metric: calibrationGapDifference
          groups: region
          within: 0.3
          appliesTo: later
          minimumRows: 30
          severity: block
        - {name: selected, metric: selectionRate, groups: region}
      """;

  @Test
  void everyGateArrives() {
    Policy policy = PolicyReader.parse("policy.yaml", TEXT);

    assertThat(policy.id()).isEqualTo("house-rules");
    assertThat(policy.version()).isEqualTo(2);
    assertThat(policy.alpha()).isEqualTo(0.05);
    assertThat(policy.text()).isEqualTo(TEXT);
    assertThat(policy.gates())
        .containsExactly(
            gate(
                "ranks",
                Metric.AUC,
                new Tolerance.Above(0.5),
                AppliesTo.FIRST,
                null,
                30,
                Severity.BLOCK),
            gate(
                "frugal",
                Metric.TRAINING_JOULES,
                new Tolerance.Below(5000),
                AppliesTo.ALWAYS,
                null,
                0,
                Severity.WARN),
            gate(
                "calibrated",
                Metric.CALIBRATION_GAP_DIFFERENCE,
                new Tolerance.Within(0.3),
                AppliesTo.LATER,
                "region",
                30,
                Severity.BLOCK),
            gate(
                "selected",
                Metric.SELECTION_RATE,
                new Tolerance.Reported(),
                AppliesTo.ALWAYS,
                "region",
                0,
                Severity.REPORT));
  }

  @Test
  void everyMetricOfTheSchemaIsKnown() {
    for (Metric metric : Metric.values()) {
      String name = camelCase(metric.name());
      boolean isOfGroups =
          metric.scope() == Metric.Scope.BETWEEN_GROUPS
              || metric.scope() == Metric.Scope.WITHIN_GROUPS;
      String groups = isOfGroups ? ", groups: region" : "";
      String text =
          TEXT.replace("metric: auc", "metric: " + name + groups)
              + "explanation: {qualityRows: 30}\n";

      assertThat(PolicyReader.parse("p", text).gates().get(0).metric()).isEqualTo(metric);
    }
  }

  @Test
  void probesAreTheDefaultsUnlessThePolicySaysOtherwise() {
    assertThat(PolicyReader.parse("p", TEXT).probes()).isEqualTo(ProbeTerms.DEFAULT);
    String text =
        TEXT
            + """
            energy:
              limitsFrom: measured
              poundsPerMegawattHour: 1000
              powerUsageEffectiveness: 1.2
              predictions: 5000
              embodied: {grams: 1000000, hours: 2, lifetimeHours: 35040, share: 0.0625}
            robustness: {noise: 0.2, adversarial: 1}
            leakage: {knownAfterLabel: [DepDelay]}
            explanation: {standardError: 0.002, evaluations: 5000, rows: 50, qualityRows: 40}
            """;

    assertThat(PolicyReader.parse("p", text).probes())
        .isEqualTo(
            new ProbeTerms(
                new EnergyTerms(
                    EnergyTerms.Method.MEASURED,
                    453.59237,
                    1.2,
                    5000,
                    new EnergyTerms.Embodied(1e6, 2, 35_040, 0.0625)),
                0.2,
                1,
                List.of("DepDelay"),
                new ExplanationTerms(0.002, 5000, 50, 40)));
  }

  @Test
  void theGridIsGivenOnce() {
    String text = TEXT + "energy: {gramsPerKilowattHour: 1, poundsPerMegawattHour: 2}\n";

    assertThatThrownBy(() -> PolicyReader.parse("policy.yaml", text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("mean the same");
  }

  @Test
  void digestSeesATolerance() {
    assertThat(PolicyReader.parse("p", TEXT.replace("0.3", "0.31")).digest())
        .isNotEqualTo(PolicyReader.parse("p", TEXT).digest());
    assertThat(PolicyReader.parse("p", TEXT + "# kept\n").digest())
        .isEqualTo(PolicyReader.parse("p", TEXT).digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "metric: auc      | metric: luck            | 5 | enumeration",
        "above: 0.5       | `above: 0.5, below: 1`  | 5 | one of above, below and within",
        "above: 0.5       | severity: block         | 5 | needs one of above, below and within",
        "above: 0.5       | over: 0.5               | 5 | 'over'",
        "above: 0.5       | above: half             | 5 | number expected",
        "name: frugal     | name: ranks             | 6 | 'ranks' is taken",
        "    within: 0.3  | `within: 0`         | 10 | exclusive minimum",
        "alpha: 0.05      | alpha: 0.5              | 3 | exclusive maximum",
        "alpha: 0.05      | alpha: .nan             | 3 | finite",
        "id: house-rules  | ident: house-rules      | 1 | 'ident'",
        "version: 2       | `version: 2\nreaudits: 4` | 3 | maximum",
        "metric: auc      | metric: brierDifference | 5 | brierDifference compares groups",
        "metric: auc      | `metric: leakage, groups: region` | 5 | leakage is not measured by group",
        "metric: auc      | metric: explanationDeletionGain | 5 | explanation.qualityRows tests 5",
        "severity: warn   | notAssessable: maybe    | 6 | enumeration",
      })
  void errorNamesFileAndLine(String good, String bad, int line, String says) {
    assertThat(TEXT).contains(good);
    String text = TEXT.replace(good, bad);

    assertThatThrownBy(() -> PolicyReader.parse("policy.yaml", text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("policy.yaml:" + line + ":")
        .hasMessageContaining(says);
  }

  @Test
  void looksShareTheErrorRate() {
    Policy policy = PolicyReader.parse("p", TEXT);
    assertThat(policy.reaudits()).isEqualTo(Policy.MOST_REAUDITS);
    double sum = 0;
    for (int look = 1; look <= 4; look++) {
      sum += policy.alphaOf(look);
    }
    assertThat(sum).isCloseTo(0.05, within(1e-15));
    assertThat(policy.alphaOf(1)).isEqualTo(0.025);
    Policy once = PolicyReader.parse("p", TEXT.replace("0.05", "0.05\nreaudits: 0"));
    assertThat(once.alphaOf(1)).isEqualTo(0.05);
    assertThatThrownBy(() -> once.alphaOf(2)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGateMayAnswerOtherwiseThanThePolicyWhatCannotBeAssessed() {
    String text = TEXT.replace("alpha: 0.05", "alpha: 0.05\nnotAssessable: pass");
    text = text.replace("severity: warn", "notAssessable: block");
    Policy policy = PolicyReader.parse("p", text);
    assertThat(policy.notAssessable()).isEqualTo(GateResult.Answer.PASS);
    assertThat(policy.gates().get(0).notAssessable()).isNull();
    assertThat(policy.gates().get(1).notAssessable()).isEqualTo(GateResult.Answer.BLOCK);
    assertThat(PolicyReader.parse("p", TEXT).notAssessable())
        .isEqualTo(GateResult.Answer.INSUFFICIENT_EVIDENCE);
  }

  @Test
  void toleranceIsOpenAtItsLimit() {
    assertThat(new Tolerance.Above(0).contains(0, 1)).isFalse();
    assertThat(new Tolerance.Above(0).excludes(-1, 0)).isTrue();
    assertThat(new Tolerance.Below(1).contains(0, 1)).isFalse();
    assertThat(new Tolerance.Below(1).excludes(1, 2)).isTrue();
    assertThat(new Tolerance.Within(0.3).contains(-0.29, 0.29)).isTrue();
    assertThat(new Tolerance.Within(0.3).contains(-0.3, 0)).isFalse();
    assertThat(new Tolerance.Within(0.3).excludes(-0.5, -0.3)).isTrue();
    assertThat(new Tolerance.Within(0.3).excludes(0.2, 0.5)).isFalse();
  }

  @Test
  void undefinedBoundsNeitherPassNorBlock() {
    for (Tolerance tolerance :
        new Tolerance[] {new Tolerance.Above(0), new Tolerance.Below(0), new Tolerance.Within(1)}) {
      assertThat(tolerance.contains(Double.NaN, Double.NaN)).as(tolerance.describe()).isFalse();
      assertThat(tolerance.excludes(Double.NaN, Double.NaN)).as(tolerance.describe()).isFalse();
    }
  }

  private static Gate gate(
      String name,
      Metric metric,
      Tolerance tolerance,
      AppliesTo appliesTo,
      String groups,
      int minimumRows,
      Severity severity) {
    return new Gate(name, metric, tolerance, appliesTo, groups, minimumRows, severity, null);
  }

  private static String camelCase(String constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.toLowerCase(Locale.ROOT).split("_")) {
      name.append(
          name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }
}
