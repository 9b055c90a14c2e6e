package dev.weir.auditor.pair;

import dev.weir.auditor.evidence.GateEvidence;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.Gate;
import dev.weir.statistics.interval.Estimate;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A gate with the groups it is asked of.
 *
 * @param grouping the gate's, or one group of all rows
 */
record GroupGate(Gate gate, Grouping grouping) {
  /** Returns the evidence of every group; it cannot be had of one that no row is in. */
  GateEvidence evidence(double[][] correlation, IntFunction<Measured> measure) {
    GateEvidence all =
        new GateEvidence(
            IntStream.range(0, grouping.values().size()).mapToObj(measure).toList(), correlation);
    return gate.groups() == null ? all : all.ofRowsIn(grouping);
  }

  /** Returns that the evidence cannot be had, of whatever group. */
  GateEvidence notAssessable(String why) {
    return GateEvidence.of(Measured.notAssessable(gate.metric(), name(), why));
  }

  /** Returns what was found in a group, or why nothing was. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  Measured measured(int group, long n, Optional<Estimate> found, String why) {
    String label = label(group);
    return found
        .map(estimate -> Measured.of(gate.metric(), label, n, estimate))
        .orElseGet(() -> Measured.undefined(gate.metric(), label, n, why));
  }

  private String label(int group) {
    return gate.groups() == null ? name() : name() + "=" + grouping.values().get(group);
  }

  private String name() {
    String name = gate.groups();
    return name == null ? "all" : name;
  }
}
