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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a policy.
 *
 * <p>A gate passes in a group when its one-sided bounds of level 1 − α lie inside the tolerance.
 * The whole passes only if every blocking gate passes in every group: an intersection–union test,
 * so α bounds a false pass without correction. It is blocked if any blocking gate blocks: a union,
 * so blocking bounds have level 1 − α / m, where m counts the limits of the blocking questions
 * (Bonferroni over gates, groups and the two limits of a tolerance of two sides: a quantity inside
 * a narrow one can be found beyond either). In between the evidence is insufficient.
 *
 * @see <a href="https://doi.org/10.1080/00401706.1982.10487790">R. L. Berger, Multiparameter
 *     Hypothesis Testing and Acceptance Sampling, 1982</a>
 */
public final class GateEngine {
  private final Policy policy;

  /** Creates the engine of a policy. */
  public GateEngine(Policy policy) {
    this.policy = policy;
  }

  /**
   * Returns the verdict.
   *
   * @param measurements what was measured
   * @param hasChampion whether there is a champion, which decides what gates apply
   */
  public Verdict evaluate(Measurements measurements, boolean hasChampion) {
    List<Question> questions = new ArrayList<>();
    for (Gate gate : policy.gates()) {
      if (applies(gate, hasChampion)) {
        measurements.of(gate).forEach(m -> questions.add(new Question(gate, m)));
      }
    }
    int limits =
        questions.stream()
            .filter(Question::isBlocking)
            .mapToInt(q -> q.gate().tolerance().limits())
            .sum();
    double blockAlpha = policy.alpha() / Math.max(1, limits);
    List<GateResult> results = questions.stream().map(q -> answer(q, blockAlpha)).toList();
    return verdict(results);
  }

  private record Question(Gate gate, Measured measured) {
    boolean isBlocking() {
      return gate.severity() == Gate.Severity.BLOCK;
    }
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

  private GateResult answer(Question question, double blockAlpha) {
    Gate gate = question.gate();
    Measured measured = question.measured();
    Estimate estimate = measured.estimate();
    if (measured.n() < gate.minimumRows()) {
      long missing = gate.minimumRows() - measured.n();
      String why = "needs " + gate.minimumRows() + " rows, has " + measured.n();
      return result(question, estimate, Answer.INSUFFICIENT_EVIDENCE, missing, why);
    }
    if (estimate == null) {
      return result(question, null, Answer.INSUFFICIENT_EVIDENCE, null, measured.undefined());
    }
    double alpha = policy.alpha();
    Tolerance tolerance = gate.tolerance();
    if (tolerance.contains(estimate.lower(alpha), estimate.upper(alpha))) {
      return result(question, estimate, Answer.PASS, null, "");
    }
    if (tolerance.excludes(estimate.lower(blockAlpha), estimate.upper(blockAlpha))) {
      return result(question, estimate, Answer.BLOCK, null, "lies outside");
    }
    return result(
        question,
        estimate,
        Answer.INSUFFICIENT_EVIDENCE,
        RowsNeeded.of(estimate, tolerance, alpha),
        tolerance.excludes(estimate.lower(alpha), estimate.upper(alpha))
            ? "lies outside, but not at the level corrected for all blocking gates and groups"
            : "crosses the limit");
  }

  private GateResult result(
      Question question,
      @Nullable Estimate estimate,
      Answer answer,
      @Nullable Long rowsNeeded,
      String why) {
    Gate gate = question.gate();
    Measured m = question.measured();
    Double value = estimate == null ? null : estimate.value();
    Double lower = estimate == null ? null : estimate.lower(policy.alpha());
    Double upper = estimate == null ? null : estimate.upper(policy.alpha());
    return new GateResult(
        gate.name(),
        m.metric(),
        m.group(),
        m.n(),
        value,
        lower,
        upper,
        gate.tolerance().describe(),
        gate.severity(),
        answer,
        rowsNeeded,
        reason(gate, m, value, lower, upper, rowsNeeded, why));
  }

  private static String reason(
      Gate gate,
      Measured m,
      @Nullable Double value,
      @Nullable Double lower,
      @Nullable Double upper,
      @Nullable Long rowsNeeded,
      String why) {
    StringBuilder text =
        new StringBuilder(gate.name()).append(" (").append(m.group()).append("): ");
    if (value == null) {
      text.append("undefined");
    } else {
      text.append(String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", value, lower, upper));
    }
    text.append(", wanted ").append(gate.tolerance().describe()).append(", n = ").append(m.n());
    if (!why.isEmpty()) {
      text.append("; ").append(why);
    }
    if (rowsNeeded != null) {
      text.append("; about ").append(rowsNeeded).append(" more rows are needed");
    }
    return text.toString();
  }
}
