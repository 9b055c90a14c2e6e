package dev.weir.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.policy.Gate.Severity;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingsTest {
  @Test
  void reportedRatesAreGatheredByGroupAndUndefinedOnesStayUndefined() {
    List<GateResult> results =
        List.of(
            reported("size=large", Metric.SELECTION_RATE, 0.25),
            reported("size=small", Metric.SELECTION_RATE, 0.5),
            reported("size=large", Metric.TRUE_POSITIVE_RATE, 0.75),
            reported("size=small", Metric.TRUE_POSITIVE_RATE, null));
    assertThat(Findings.rates(results))
        .containsExactly(
            new DemoReport.GroupRates("size=large", 0.25, 0.75, null),
            new DemoReport.GroupRates("size=small", 0.5, null, null));
  }

  private static GateResult reported(String group, Metric metric, @Nullable Double value) {
    return result("rates", group, metric, value, Severity.REPORT, Answer.PASS, null);
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
