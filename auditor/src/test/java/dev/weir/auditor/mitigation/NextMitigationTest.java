package dev.weir.auditor.mitigation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation.Method;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NextMitigationTest {
  private static final Policy POLICY =
      PolicyReader.parse(
          "policy.yaml",
          """
          id: strict
          version: 1
          alpha: 0.05
          gates:
            - {name: gap, metric: brierDifference, groups: side, within: 0.3}
          mitigation:
            methods: [reweighing, exponentiatedGradient]
            groups: side
            mayUseGroupAtDecision: false
            allowedInTraining: true
          """);
  private static final TrainingRequest PLAIN =
      new TrainingRequest(
          "r1", "m", "digest", "volume", "why", List.of(), List.of(), Instant.EPOCH, 3);

  @Test
  void theNextMethodFollowsOneThatDidNotTrain() {
    TrainingRequest next =
        new NextMitigation(POLICY).after(failed(Method.REWEIGHING)).orElseThrow();
    assertThat(next.requestId()).isEqualTo("r1-exponentiatedGradient");
    assertThat(next.mitigation().parentVersion()).isEqualTo(4);
  }

  @Test
  void afterTheLastMethodNothingIsOrdered() {
    assertThat(new NextMitigation(POLICY).after(failed(Method.EXPONENTIATED_GRADIENT))).isEmpty();
  }

  @Test
  void aPlainTrainingThatFailedHasNoMitigation() {
    assertThat(new NextMitigation(POLICY).after(failed(PLAIN))).isEmpty();
  }

  private static Candidate failed(Method method) {
    MitigationOrder order =
        new MitigationOrder(method, "side", Metric.BRIER_DIFFERENCE, "r1", 4, "run");
    return failed(PLAIN.with(order, "gap", Instant.EPOCH));
  }

  private static Candidate failed(TrainingRequest request) {
    return new Candidate(
        request,
        Candidate.Status.FAILED,
        0,
        "",
        "",
        "",
        Map.of(),
        "estimated",
        "why",
        Instant.EPOCH);
  }
}
