package dev.weir.auditor.worker;

import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.Verdict;
import org.jspecify.annotations.Nullable;

/** When a candidate for which the evidence does not suffice is audited again. */
final class NextLook {
  /** A wait for more than that many times the rows is an order for another model. */
  private static final long MOST_GROWTH = 10;

  private NextLook() {}

  /**
   * Returns how many more held-out rows to wait for: as many as the blocking gate needs that needs
   * most, if the groups go on in their proportions. It is null when the verdict is clear, when a
   * gate would not pass on more rows, or when it would take more than {@value #MOST_GROWTH} times
   * the rows.
   *
   * @param rows held-out rows that judged
   */
  static @Nullable Long rowsAwaited(Verdict verdict, long rows) {
    if (!(verdict instanceof Verdict.InsufficientEvidence)) {
      return null;
    }
    long most = 0;
    for (GateResult result : verdict.results()) {
      if (result.severity() == Gate.Severity.BLOCK
          && result.answer() == GateResult.Answer.INSUFFICIENT_EVIDENCE) {
        if (result.rowsNeeded() == null) {
          return null;
        }
        most = Math.max(most, ofAll(result.rowsNeeded(), result.n(), rows));
      }
    }
    return most > 0 && most <= MOST_GROWTH * rows ? most : null;
  }

  private static long ofAll(long needed, long n, long rows) {
    return n == 0 ? needed : (long) Math.ceil((double) needed * rows / n);
  }
}
