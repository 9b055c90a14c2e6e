package dev.weir.auditor.evidence;

import dev.weir.contracts.policy.Gate;

/** Measures a compressed candidate against the version it was made from. */
@FunctionalInterface
public interface PairSource {
  /** Returns what a gate asks for whose metric is {@code isAgainstParent}. */
  GateEvidence of(Gate gate);
}
