package dev.weir.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.policy.Gate.Severity;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GateWarningsTest {
  @Test
  void aWarningNamesGroupsOutsideAndTheRowsThatAreMissing() {
    List<GateResult> results =
        List.of(
            carrier("AA", 0.08, Answer.PASS, null),
            carrier("EV", 0.52, Answer.BLOCK, null),
            carrier("HA", 0.13, Answer.INSUFFICIENT_EVIDENCE, 24L),
            carrier("OO", 0.41, Answer.INSUFFICIENT_EVIDENCE, null));
    assertThat(GateWarnings.of(results))
        .containsExactly(
            "warns only: calibration by carrier (within ±0.3), 1 of 4 pass; outside EV +0.52;"
                + " INSUFFICIENT_EVIDENCE, rows still needed: HA 24, OO +0.41 (looks outside)");
  }

  @Test
  void aGateThatPassesEverywhereOrBlocksIsNoWarning() {
    GateResult blocking = result("g", "x=a", Metric.AUC, 0.4, Severity.BLOCK, Answer.BLOCK, null);
    assertThat(GateWarnings.of(List.of(carrier("AA", 0.08, Answer.PASS, null), blocking)))
        .isEmpty();
  }

  private static GateResult carrier(
      String name, double value, Answer answer, @Nullable Long rowsNeeded) {
    return result(
        "calibration by carrier",
        "carrier=" + name,
        Metric.CALIBRATION_GAP,
        value,
        Severity.WARN,
        answer,
        rowsNeeded);
  }

  private static GateResult result(
      String gate,
      String group,
      Metric metric,
      @Nullable Double value,
      Severity severity,
      Answer answer,
      @Nullable Long rowsNeeded) {
    return new GateResult(
        gate,
        metric,
        group,
        30,
        value,
        value,
        value,
        "within ±0.3",
        severity,
        answer,
        false,
        rowsNeeded,
        "because");
  }
}
