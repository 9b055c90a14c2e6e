package dev.weir.auditor.verdict;

import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Policy;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Shares of the answers over many seeded runs.
 *
 * @param pass share that passes
 * @param block share that is blocked
 */
record Runs(double pass, double block) {
  static final int COUNT = 2000;

  static Runs of(LongFunction<Answer> run) {
    Answer[] answers = LongStream.range(0, COUNT).parallel().mapToObj(run).toArray(Answer[]::new);
    return new Runs(share(answers, Answer.PASS), share(answers, Answer.BLOCK));
  }

  private static double share(Answer[] answers, Answer sought) {
    return (double) Arrays.stream(answers).filter(a -> a == sought).count() / answers.length;
  }

  /** Audits a population once on so many rows. */
  static Answer audit(Policy policy, SimulatedRows rows, int count) {
    rows.grow(count);
    return rows.audit(policy, 1).answer();
  }

  /** Audits again while the evidence does not suffice, at most three times, on twice the rows. */
  static Answer auditAgain(Policy policy, SimulatedRows rows, int count) {
    rows.grow(count);
    Answer answer = rows.audit(policy, 1).answer();
    for (int look = 2; look <= 4 && answer == Answer.INSUFFICIENT_EVIDENCE; look++) {
      rows.grow(2 * rows.rows());
      answer = rows.audit(policy, look).answer();
    }
    return answer;
  }
}
