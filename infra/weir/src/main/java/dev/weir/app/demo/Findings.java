package dev.weir.app.demo;

import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The findings of an audit that decide nothing, shortened: warnings and reported rates. */
final class Findings {
  private Findings() {}

  /** Returns one sentence for each gate that warns and does not pass in every group. */
  static List<String> warnings(List<GateResult> results) {
    Map<String, List<GateResult>> gates =
        results.stream()
            .filter(r -> r.severity() == Gate.Severity.WARN)
            .collect(
                Collectors.groupingBy(GateResult::gate, LinkedHashMap::new, Collectors.toList()));
    return gates.values().stream()
        .filter(gate -> gate.stream().anyMatch(r -> r.answer() != Answer.PASS))
        .map(Findings::warning)
        .toList();
  }

  private static String warning(List<GateResult> gate) {
    List<String> parts = new ArrayList<>();
    addPart(parts, gate, Answer.BLOCK, "outside", Findings::valued);
    addPart(
        parts,
        gate,
        Answer.INSUFFICIENT_EVIDENCE,
        "INSUFFICIENT_EVIDENCE, rows still needed:",
        Findings::needed);
    long passed = gate.stream().filter(r -> r.answer() == Answer.PASS).count();
    GateResult first = gate.get(0);
    return String.format(
        Locale.ROOT,
        "warns only: %s (%s), %d of %d pass; %s",
        first.gate(),
        first.tolerance(),
        passed,
        gate.size(),
        String.join("; ", parts));
  }

  private static void addPart(
      List<String> parts,
      List<GateResult> gate,
      Answer answer,
      String title,
      Function<GateResult, String> describe) {
    List<String> groups = gate.stream().filter(r -> r.answer() == answer).map(describe).toList();
    if (!groups.isEmpty()) {
      parts.add(title + " " + String.join(", ", groups));
    }
  }

  private static String valued(GateResult result) {
    return result.value() == null
        ? name(result)
        : String.format(Locale.ROOT, "%s %+.2f", name(result), result.value());
  }

  /** Without a number more rows would not help if the estimate stayed where it is. */
  private static String needed(GateResult result) {
    return result.rowsNeeded() == null
        ? valued(result) + " (looks outside)"
        : name(result) + " " + result.rowsNeeded();
  }

  private static String name(GateResult result) {
    return result.group().substring(result.group().indexOf('=') + 1);
  }

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
