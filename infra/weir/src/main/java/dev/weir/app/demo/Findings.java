package dev.weir.app.demo;

import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.Metric;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The findings of an audit that are reported and judge nothing. */
final class Findings {
  private Findings() {}

  /** Returns the reported rates, one entry for each group that has any. */
  static List<DemoReport.GroupRates> rates(List<GateResult> results) {
    return results.stream()
        .filter(r -> r.severity() == Gate.Severity.REPORT)
        .map(GateResult::group)
        .distinct()
        .map(
            group ->
                new DemoReport.GroupRates(
                    group,
                    reported(results, group, Metric.SELECTION_RATE),
                    reported(results, group, Metric.TRUE_POSITIVE_RATE),
                    reported(results, group, Metric.FALSE_POSITIVE_RATE)))
        .toList();
  }

  private static @Nullable Double reported(List<GateResult> results, String group, Metric metric) {
    for (GateResult each : results) {
      if (each.severity() == Gate.Severity.REPORT
          && each.metric() == metric
          && each.group().equals(group)) {
        return each.value();
      }
    }
    return null;
  }
}
