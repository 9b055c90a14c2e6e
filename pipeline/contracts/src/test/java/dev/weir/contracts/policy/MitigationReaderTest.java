package dev.weir.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Mitigation.Method;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.SpecException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MitigationReaderTest {
  private static final String TEXT =
      """
      id: house-rules
      version: 1
      alpha: 0.05
      gates:
        - {name: gap, metric: brierDifference, groups: region, within: 0.1}
      mitigation:
        methods:
          - reweighing
          - groupThresholds
        groups: region
        mayUseGroupAtDecision: true
        allowedInTraining: true
      """;

  @Test
  void theMethodsComeInTheirOrder() {
    Mitigation mitigation = PolicyReader.parse("policy.yaml", TEXT).mitigation();
    assertThat(mitigation.first()).hasValue(Method.REWEIGHING);
    assertThat(mitigation.after(Method.REWEIGHING)).hasValue(Method.GROUP_THRESHOLDS);
    assertThat(mitigation.after(Method.GROUP_THRESHOLDS)).isEmpty();
    assertThat(mitigation.after(Method.EXPONENTIATED_GRADIENT)).isEmpty();
  }

  @Test
  void itAnswersGapsBetweenItsGroupsThatATrainingCanMove() {
    Mitigation mitigation = PolicyReader.parse("policy.yaml", TEXT).mitigation();
    assertThat(mitigation.answers(gate("brierDifference, groups: region"))).isTrue();
    assertThat(mitigation.answers(gate("brierDifference, groups: country"))).isFalse();
    assertThat(mitigation.answers(gate("auc, groups: region"))).isFalse();
    assertThat(mitigation.answers(gate("unobservedShare, groups: region"))).isFalse();
    assertThat(mitigation.answers(gate("brierChange, groups: region"))).isFalse();
  }

  private static Gate gate(String metric) {
    String text = TEXT.substring(0, TEXT.indexOf("mitigation:"));
    return PolicyReader.parse("p", text.replace("brierDifference, groups: region", metric))
        .gates()
        .get(0);
  }

  @Test
  void withoutTheKeyNothingMayBeTried() {
    String text = TEXT.substring(0, TEXT.indexOf("mitigation:"));
    assertThat(PolicyReader.parse("policy.yaml", text).mitigation()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mayUseGroupAtDecision: true | mayUseGroupAtDecision: false | 9  | decides by group",
        "allowedInTraining: true     | allowedInTraining: false     | 8  | uses the group in training",
        "groups: region              | groups: country             | 10 | no gate compares",
        "metric: brierDifference     | metric: brierChange          | 10 | no gate compares",
        "- groupThresholds           | - adversarial                | 9  | enumeration",
        "- groupThresholds           | - reweighing                 | 7  | unique",
        "  allowedInTraining: true   | ''                           | 6  | allowedInTraining",
      })
  void errorNamesTheLine(String good, String bad, int line, String says) {
    assertThat(TEXT).contains(good);
    int at = TEXT.lastIndexOf(good);
    String text = TEXT.substring(0, at) + bad + TEXT.substring(at + good.length());
    assertThatThrownBy(() -> PolicyReader.parse("policy.yaml", text))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("policy.yaml:" + line + ":")
        .hasMessageContaining(says);
  }

  @Test
  void aRequestTravelsWithItsOrderAndWithout() {
    TrainingRequest plain =
        new TrainingRequest(
            "r1", "m", "digest", "volume", "why", List.of(), List.of(), Instant.EPOCH, 3);
    MitigationOrder order =
        new MitigationOrder(
            Method.GROUP_THRESHOLDS, "region", Metric.SELECTION_RATE, "r1", 4, "run");
    TrainingRequest ordered = plain.with(order, "the gap", Instant.EPOCH);
    assertThat(ordered.requestId()).isEqualTo("r1-groupThresholds");
    assertThat(Json.read(Json.write(ordered), TrainingRequest.class)).isEqualTo(ordered);
    assertThat(Json.read(Json.write(plain), TrainingRequest.class)).isEqualTo(plain);
    assertThat(Json.tree(plain).has("mitigation")).isFalse();
  }
}
