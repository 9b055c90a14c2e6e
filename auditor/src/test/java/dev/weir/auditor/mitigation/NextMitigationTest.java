package dev.weir.auditor.mitigation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Mitigation.Method;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.policy.Verdict;
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
            - {name: flips, metric: flipRate, groups: side, below: 0.1}
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

  /** Another training against a gap says nothing of what compressing did. */
  @Test
  void aGateOfThePairOrdersNoMitigation() {
    NextMitigation next = new NextMitigation(POLICY);
    assertThat(next.after(PLAIN, blockedBy("flips", Metric.FLIP_RATE))).isEmpty();
    assertThat(next.after(PLAIN, blockedBy("gap", Metric.BRIER_DIFFERENCE))).isPresent();
  }

  private static Audit blockedBy(String gate, Metric metric) {
    GateResult result =
        new GateResult(
            gate,
            metric,
            "side=up",
            100,
            0.5,
            0.4,
            0.6,
            "",
            Gate.Severity.BLOCK,
            GateResult.Answer.BLOCK,
            false,
            null,
            "");
    Verdict verdict = new Verdict.Block(List.of(result));
    Envelope unsigned = new Envelope("", "", List.of());
    return new Audit("r1", "m", 4, "run", verdict, unsigned, 1, null, Instant.EPOCH);
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
