package dev.weir.auditor.evidence;

import dev.weir.contracts.policy.Gate;

/** Knows of the rows that cannot judge because the champion's decision prevented their labels. */
public interface UnobservedSource {
  /**
   * Returns what needs no label, over the judging rows and these together: the share of these, or
   * the candidate's selection rate, its difference or ratio; of all rows or by group as the gate
   * asks. The judging rows alone were chosen by the champion, and can look equal where the
   * candidate's decisions are not.
   */
  GateEvidence of(Gate gate);

  /**
   * Returns what a reader of a figure of the judging rows must know; empty when no row is missing.
   *
   * @param group the group as {@code name=value}; of any other text, all rows
   */
  String caveat(String group);
}
