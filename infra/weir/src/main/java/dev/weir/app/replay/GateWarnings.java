package dev.weir.app.replay;

import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What gates say that warn and decide nothing, shortened. */
public final class GateWarnings {
  private GateWarnings() {}

  /** Returns one sentence for each gate that warns and does not pass in every group. */
  public static List<String> of(List<GateResult> results) {
    Map<String, List<GateResult>> gates =
        results.stream()
            .filter(r -> r.severity() == Gate.Severity.WARN)
            .collect(
                Collectors.groupingBy(GateResult::gate, LinkedHashMap::new, Collectors.toList()));
    return gates.values().stream()
        .filter(gate -> gate.stream().anyMatch(r -> r.answer() != Answer.PASS))
        .map(GateWarnings::warning)
        .toList();
  }

  private static String warning(List<GateResult> gate) {
    List<String> parts = new ArrayList<>();
    addPart(parts, gate, Answer.BLOCK, "outside", GateWarnings::valued);
    addPart(
        parts,
        gate,
        Answer.INSUFFICIENT_EVIDENCE,
        "INSUFFICIENT_EVIDENCE, rows still needed:",
        GateWarnings::needed);
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
}
