package dev.weir.contracts.policy;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What one gate found in one group.
 *
 * @param gate the gate's name
 * @param metric what was measured
 * @param group the group as {@code name=value}, or {@code all}
 * @param n rows behind the figure
 * @param value the point estimate; null when undefined
 * @param lower lower bound at the pass level; null when undefined
 * @param upper upper bound at the pass level; null when undefined
 * @param tolerance the tolerance in words
 * @param severity the gate's severity
 * @param answer what the bounds say
 * @param isNotAssessable whether the evidence cannot be had at all, so that the policy answered
 * @param rowsNeeded estimate of the rows still needed, when the evidence does not suffice and more
 *     rows would help
 * @param reason the answer in words
 */
public record GateResult(
    String gate,
    Metric metric,
    String group,
    long n,
    @Nullable Double value,
    @Nullable Double lower,
    @Nullable Double upper,
    String tolerance,
    Gate.Severity severity,
    Answer answer,
    boolean isNotAssessable,
    @Nullable Long rowsNeeded,
    String reason) {
  public GateResult {
    requireNonNull(gate, "gate");
    requireNonNull(metric, "metric");
    requireNonNull(group, "group");
    requireNonNull(tolerance, "tolerance");
    requireNonNull(severity, "severity");
    requireNonNull(answer, "answer");
    requireNonNull(reason, "reason");
  }

  /** What the bounds of one gate say. */
  public enum Answer {
    PASS,
    BLOCK,
    INSUFFICIENT_EVIDENCE
  }
}
