package dev.weir.auditor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.auditor.evidence.Groupings;
import dev.weir.auditor.evidence.Manifests;
import dev.weir.auditor.evidence.Measurements;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.verdict.GateEngine;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.GateResult.Answer;
import dev.weir.contracts.policy.Policy;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.policy.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateEngineTest {
  private static final Groupings NOTHING_DECLARED =
      Groupings.of(List.of(), policy("{name: ranks, metric: auc, above: 0.5}"));

  private static final int RUNS = 800;

  /** At the limit itself a pass is false; 800 runs at 5 % have a standard error of 0.8 %. */
  @ParameterizedTest
  @CsvSource({"2, 200", "5, 100"})
  void aGapAtTheLimitPassesAndBlocksAtMostAtAlpha(int groups, int rows) {
    Policy policy = policy("{name: gap, metric: calibrationGapDifference, groups: g, within: 0.1}");
    int passes = 0;
    int blocks = 0;
    for (int run = 0; run < RUNS; run++) {
      Answer answer = simulate(policy, groups, rows, 0.1, run).answer();
      passes += answer == Answer.PASS ? 1 : 0;
      blocks += answer == Answer.BLOCK ? 1 : 0;
    }
    assertThat((double) passes / RUNS).isLessThanOrEqualTo(0.05 + 3 * 0.008);
    assertThat((double) blocks / RUNS).isLessThanOrEqualTo(0.05 + 3 * 0.008);
  }

  /** A tolerance of two sides can be left on either: a tiny one shows whether both are counted. */
  @Test
  void aFairModelIsBlockedAtMostAtAlphaByATinyTolerance() {
    Policy policy = policy("{name: gap, metric: calibrationGap, within: 0.001}");
    int blocks = 0;
    for (int run = 0; run < RUNS; run++) {
      blocks += simulate(policy, 2, 200, 0, run) instanceof Verdict.Block ? 1 : 0;
    }
    assertThat((double) blocks / RUNS).isLessThanOrEqualTo(0.05 + 3 * 0.008);
  }

  /** A group of one row has no estimate, and still says how many rows it needs. */
  @Test
  void aGroupUnderMinimumRowsSaysHowManyItNeeds() {
    Policy policy =
        policy("{name: gap, metric: calibrationGap, groups: g, within: 0.3, minimumRows: 30}");
    for (int rows : new int[] {1, 20}) {
      assertThat(simulate(policy, 2, rows, 0, 1).results())
          .allSatisfy(
              result -> {
                assertThat(result.answer()).isEqualTo(Answer.INSUFFICIENT_EVIDENCE);
                assertThat(result.rowsNeeded()).isEqualTo(30L - rows);
              });
    }
  }

  @Test
  void aFairModelPassesAndAnUnfairOneIsBlockedByName() {
    Policy policy = policy("{name: gap, metric: calibrationGapDifference, groups: g, within: 0.3}");
    assertThat(simulate(policy, 2, 400, 0, 1)).isInstanceOf(Verdict.Pass.class);
    Verdict blocked = simulate(policy, 2, 400, 0.6, 1);
    assertThat(blocked).isInstanceOf(Verdict.Block.class);
    assertThat(blocked.reasons()).anyMatch(reason -> reason.contains("g=0"));
  }

  /** More rows help only while the point estimate itself is tolerated. */
  @Test
  void fewRowsAreInsufficientEvidenceWithTheRowsStillNeeded() {
    Policy policy = policy("{name: gap, metric: calibrationGapDifference, groups: g, within: 0.1}");
    for (int seed = 0; seed < 20; seed++) {
      for (GateResult result : simulate(policy, 2, 30, 0, seed).results()) {
        assertThat(result.answer()).isEqualTo(Answer.INSUFFICIENT_EVIDENCE);
        boolean isInside = Math.abs(result.value()) < 0.1;
        assertThat(result.rowsNeeded() != null).isEqualTo(isInside);
      }
    }
  }

  @Test
  void aWarningNeverChangesTheVerdict() {
    Policy policy =
        policy(
            "{name: ranks, metric: auc, above: 0.1}",
            "{name: gap, metric: calibrationGapDifference, groups: g, within: 0.3, severity: warn}");
    Verdict verdict = simulate(policy, 2, 400, 0.6, 1);
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(verdict.results()).anyMatch(r -> r.answer() == Answer.BLOCK);
  }

  @Test
  void aConstantDecisionIsInsufficientEvidence() {
    Policy policy =
        policy("{name: rate, metric: selectionRate, groups: g, above: 0, minimumRows: 10}");
    Verdict verdict = new GateEngine(policy, 1).evaluate(constant(), false);
    assertThat(verdict).isInstanceOf(Verdict.InsufficientEvidence.class);
    assertThat(verdict.results().get(0).value()).isNull();
    assertThat(verdict.results().get(0).reason()).contains("the decision is the same");
  }

  /**
   * The rows without a value are predicted 0.7 too high; among the others they would hide a gap.
   */
  @Test
  void rowsWithoutTheGroupingAreOnNeitherSideOfADifference() {
    List<Example> examples = new ArrayList<>();
    double[] scores = new double[90];
    for (int i = 0; i < scores.length; i++) {
      Map<String, String> groups = i < 60 ? Map.of("g", Integer.toString(i % 2)) : Map.of();
      examples.add(example(i, groups, 0));
      scores[i] = i < 60 ? 0.1 + 0.2 * (i % 2) + 0.01 * (i / 2 % 2) : 0.8;
    }
    ScoredRows rows = ScoredRows.of(examples, scores, Optional.empty(), NOTHING_DECLARED);
    Policy policy = policy("{name: gap, metric: calibrationGapDifference, groups: g, within: 0.5}");
    Verdict verdict =
        new GateEngine(policy, 1)
            .evaluate(new Measurements(rows, Manifests.deciding(0.5, 0.25)), false);
    assertThat(verdict.results()).extracting(GateResult::group).containsExactly("g=0", "g=1");
    assertThat(verdict.results().get(0).value()).isCloseTo(-0.2, within(1e-9));
    assertThat(verdict.results().get(1).value()).isCloseTo(0.2, within(1e-9));
    assertThat(rows.grouping("g").without()).isEqualTo(30);
  }

  @Test
  void aGateWithoutToleranceReportsEveryGroup() {
    Policy policy =
        policy(
            "{name: gap, metric: calibrationGap, within: 0.9}",
            "{name: by group, metric: calibrationGap, groups: g}");
    Verdict verdict = simulate(policy, 2, 100, 0, 1);
    assertThat(verdict).isInstanceOf(Verdict.Pass.class);
    assertThat(verdict.results())
        .extracting(GateResult::group)
        .containsExactly("all", "g=0", "g=1");
    assertThat(verdict.results()).allMatch(result -> result.value() != null);
  }

  @Test
  void oneClassHasNoAuc() {
    Policy policy = policy("{name: ranks, metric: auc, above: 0.5}");
    Verdict verdict = new GateEngine(policy, 1).evaluate(constant(), false);
    assertThat(verdict).isInstanceOf(Verdict.InsufficientEvidence.class);
  }

  @Test
  void gatesForLaterCandidatesNeedAChampion() {
    Policy policy =
        policy(
            "{name: ranks, metric: auc, above: 0.1, appliesTo: first}",
            "{name: gain, metric: brierGainOverChampion, above: -1, appliesTo: later}");
    assertThat(simulate(policy, 2, 100, 0, 1).results())
        .extracting(r -> r.gate())
        .containsExactly("ranks");
  }

  private static Measurements constant() {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      examples.add(example(i, i % 2, 0));
    }
    double[] scores = new double[40];
    java.util.Arrays.fill(scores, 0.2);
    return new Measurements(
        ScoredRows.of(examples, scores, Optional.empty(), NOTHING_DECLARED),
        Manifests.deciding(0.5, 0.25));
  }

  /** Group 0 is predicted {@code gap} too high; the others are calibrated. */
  private static Verdict simulate(Policy policy, int groups, int rows, double gap, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = new ArrayList<>();
    double[] scores = new double[groups * rows];
    for (int i = 0; i < scores.length; i++) {
      int group = i % groups;
      double p = 0.2 + 0.1 * random.nextDouble();
      examples.add(example(i, group, random.nextDouble() < p ? 1 : 0));
      scores[i] = group == 0 ? p + gap : p;
    }
    ScoredRows scored = ScoredRows.of(examples, scores, Optional.empty(), NOTHING_DECLARED);
    return new GateEngine(policy, 1)
        .evaluate(new Measurements(scored, Manifests.deciding(0.5, 0.25)), false);
  }

  private static Example example(int id, int group, double label) {
    return example(id, Map.of("g", Integer.toString(group)), label);
  }

  private static Example example(int id, Map<String, String> groups, double label) {
    Row row =
        new Row(
            "e" + id,
            "entity",
            Instant.EPOCH.plusSeconds(id),
            "spec",
            FeatureVector.of(1),
            groups,
            Origin.STREAM);
    return new Example(row, label, Instant.EPOCH.plusSeconds(id), 1);
  }

  private static Policy policy(String... gates) {
    StringBuilder text =
        new StringBuilder("id: test\nversion: 1\nalpha: 0.05\nreaudits: 0\ngates:\n");
    for (String gate : gates) {
      text.append("  - ").append(gate).append('\n');
    }
    return PolicyReader.parse("policy.yaml", text.toString());
  }
}
