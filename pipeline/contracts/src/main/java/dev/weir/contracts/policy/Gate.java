package dev.weir.contracts.policy;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One question that a policy asks of every candidate.
 *
 * @param name the gate's name, unique in the policy
 * @param metric what is measured
 * @param tolerance where it may lie
 * @param appliesTo to which candidates it applies
 * @param groups the spec's group over whose values it is asked, or null for all rows at once
 * @param minimumRows rows that a group needs before it is judged
 * @param severity whether a failure stops the candidate
 * @param notAssessable the answer where the evidence cannot be had; null for the policy's
 */
public record Gate(
    String name,
    Metric metric,
    Tolerance tolerance,
    AppliesTo appliesTo,
    @Nullable String groups,
    int minimumRows,
    Severity severity,
    GateResult.@Nullable Answer notAssessable) {
  public Gate {
    requireNonNull(name, "name");
    requireNonNull(metric, "metric");
    requireNonNull(tolerance, "tolerance");
    requireNonNull(appliesTo, "appliesTo");
    requireNonNull(severity, "severity");
  }

  /** To which candidates a gate applies. */
  public enum AppliesTo {
    /** Only while there is no champion. */
    FIRST,
    /** Only while there is a champion. */
    LATER,
    ALWAYS
  }

  /** What a failed gate does. */
  public enum Severity {
    BLOCK,
    /** Says so and never changes the verdict. */
    WARN,
    /** Reports a number and judges nothing. */
    REPORT
  }
}
