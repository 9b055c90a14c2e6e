package dev.weir.auditor.verdict;

import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.statistics.interval.Estimate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts what a gate found of one quantity into a record and into words. */
record Findings(Gate gate, Measured measured, double alpha) {
  GateResult of(Answer answer, @Nullable Long rowsNeeded, String why) {
    Estimate estimate = measured.estimate();
    Double value = estimate == null ? null : estimate.value();
    Double lower = estimate == null ? null : estimate.lower(alpha);
    Double upper = estimate == null ? null : estimate.upper(alpha);
    return new GateResult(
        gate.name(),
        measured.metric(),
        measured.group(),
        measured.n(),
        value,
        lower,
        upper,
        gate.tolerance().describe(),
        gate.severity(),
        answer,
        !measured.isAssessable(),
        rowsNeeded,
        reason(value, lower, upper, rowsNeeded, why));
  }

  private String reason(
      @Nullable Double value,
      @Nullable Double lower,
      @Nullable Double upper,
      @Nullable Long rowsNeeded,
      String why) {
    StringBuilder text =
        new StringBuilder(gate.name()).append(" (").append(measured.group()).append("): ");
    if (!measured.isAssessable()) {
      text.append("NOT_ASSESSABLE");
    } else if (value == null) {
      text.append("undefined");
    } else {
      text.append(String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", value, lower, upper));
    }
    text.append(", wanted ").append(gate.tolerance().describe());
    text.append(", n = ").append(measured.n());
    if (!why.isEmpty()) {
      text.append("; ").append(why);
    }
    if (!measured.caveat().isEmpty()) {
      text.append("; ").append(measured.caveat());
    }
    if (rowsNeeded != null) {
      text.append("; about ").append(rowsNeeded).append(" more rows are needed");
    }
    return text.toString();
  }
}
