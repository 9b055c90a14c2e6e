package dev.weir.auditor.verdict;

import dev.weir.auditor.evidence.Measured;
import dev.weir.auditor.evidence.Measurements;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.Tolerance;
import dev.weir.contracts.policy.Verdict;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.multiple.SimultaneousLevel;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates a policy.
 *
 * <p>A gate passes in a group when its one-sided bounds of level 1 − α lie inside the tolerance.
 * The whole passes only if every blocking gate passes in every group: an intersection–union test,
 * so α bounds a false pass without correction. It is blocked if any blocking gate blocks: a union,
 * so each of the G blocking gates spends α / G (Bonferroni), and the bounds of a gate's groups and
 * limits hold together at that level (max-t, {@link SimultaneousLevel}). In between the evidence is
 * insufficient.
 *
 * <p>A candidate may be audited again on more rows; α is then what this look spends ({@link
 * Policy#alphaOf}).
 *
 * @see <a href="https://doi.org/10.1080/00401706.1982.10487790">R. L. Berger, Multiparameter
 *     Hypothesis Testing and Acceptance Sampling, 1982</a>
 */
public final class GateEngine {
  private final Policy policy;
  private final double alpha;

  /**
   * Creates the engine of a policy.
   *
   * @param look how often the candidate is audited with this one, from 1
   */
  public GateEngine(Policy policy, int look) {
    this.policy = policy;
    this.alpha = policy.alphaOf(look);
  }

  /**
   * Returns the verdict. Gates that compare a candidate with the version it was made from are asked
   * of compressed candidates only.
   *
   * @param measurements what was measured
   * @param hasChampion whether there is a champion, which decides what gates apply
   */
  public Verdict evaluate(Measurements measurements, boolean hasChampion) {
    List<Question> questions =
        policy.gates().stream()
            .filter(gate -> applies(gate, hasChampion))
            .filter(gate -> measurements.areInPairs() || !gate.metric().isAgainstParent())
            .map(gate -> new Question(gate, measurements.of(gate)))
            .toList();
    long blocking = questions.stream().filter(Question::mayBlockByChance).count();
    List<GateResult> results = new ArrayList<>();
    for (Question question : questions) {
      double blockAlpha = question.blockLevel(alpha / Math.max(1, blocking));
      for (Measured measured : question.evidence().measured()) {
        results.add(answer(question.gate(), measured, blockAlpha));
      }
    }
    return verdict(results);
  }

  private static boolean applies(Gate gate, boolean hasChampion) {
    return gate.appliesTo() == Gate.AppliesTo.ALWAYS
        || (gate.appliesTo() == Gate.AppliesTo.LATER) == hasChampion;
  }

  private static Verdict verdict(List<GateResult> results) {
    List<GateResult> blocking =
        results.stream().filter(r -> r.severity() == Gate.Severity.BLOCK).toList();
    if (blocking.stream().anyMatch(r -> r.answer() == Answer.BLOCK)) {
      return new Verdict.Block(results);
    }
    boolean isPass =
        !blocking.isEmpty() && blocking.stream().allMatch(r -> r.answer() == Answer.PASS);
    return isPass ? new Verdict.Pass(results) : new Verdict.InsufficientEvidence(results);
  }

  private GateResult answer(Gate gate, Measured measured, double blockAlpha) {
    Estimate estimate = measured.estimate();
    if (!measured.isAssessable()) {
      Answer mapped = gate.notAssessable() == null ? policy.notAssessable() : gate.notAssessable();
      return findings(gate, measured).of(mapped, null, measured.undefined());
    }
    if (measured.n() < gate.minimumRows()) {
      long missing = gate.minimumRows() - measured.n();
      String why = "needs " + gate.minimumRows() + " rows, has " + measured.n();
      return findings(gate, measured).of(Answer.INSUFFICIENT_EVIDENCE, missing, why);
    }
    if (estimate == null) {
      return findings(gate, measured).of(Answer.INSUFFICIENT_EVIDENCE, null, measured.undefined());
    }
    Tolerance tolerance = gate.tolerance();
    if (tolerance.contains(estimate.lower(alpha), estimate.upper(alpha))) {
      return findings(gate, measured).of(Answer.PASS, null, "");
    }
    if (tolerance.excludes(estimate.lower(blockAlpha), estimate.upper(blockAlpha))) {
      return findings(gate, measured).of(Answer.BLOCK, null, "lies outside");
    }
    return findings(gate, measured)
        .of(
            Answer.INSUFFICIENT_EVIDENCE,
            RowsNeeded.of(measured.n(), estimate, tolerance, alpha),
            tolerance.excludes(estimate.lower(alpha), estimate.upper(alpha))
                ? "lies outside, but not at the level corrected for all blocking gates and groups"
                : "crosses the limit");
  }

  private Findings findings(Gate gate, Measured measured) {
    return new Findings(gate, measured, alpha);
  }
}
