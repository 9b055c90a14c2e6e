package dev.weir.auditor.verdict;

import dev.weir.auditor.evidence.GateEvidence;
import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.Gate;
import dev.weir.statistics.multiple.SimultaneousLevel;
import java.util.stream.IntStream;

/** A gate with the evidence for it. */
record Question(Gate gate, GateEvidence evidence) {
  /** Returns whether chance can make this gate block: it may block, and has a sampling error. */
  boolean mayBlockByChance() {
    return gate.severity() == Gate.Severity.BLOCK
        && gate.tolerance().limits() > 0
        && judged().length > 0;
  }

  /**
   * Returns the level of each bound that blocks, so that any of them fails with probability at most
   * {@code alpha}; without a limit nothing blocks.
   */
  double blockLevel(double alpha) {
    int[] judged = judged();
    return judged.length == 0 || gate.tolerance().limits() == 0
        ? alpha
        : SimultaneousLevel.of(evidence.correlationOf(judged), alpha, gate.tolerance().limits());
  }

  /** Returns which quantities are estimates from enough rows. */
  private int[] judged() {
    return IntStream.range(0, evidence.measured().size())
        .filter(i -> isJudged(evidence.measured().get(i)))
        .toArray();
  }

  private boolean isJudged(Measured measured) {
    return measured.n() >= gate.minimumRows()
        && measured.estimate() != null
        && measured.estimate().standardError() > 0;
  }
}
