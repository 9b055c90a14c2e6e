package dev.weir.auditor.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.weir.auditor.evidence.Groupings;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.explanation.ExplanationEvidence;
import dev.weir.auditor.hazard.HazardEvidence;
import dev.weir.auditor.mitigation.MitigationCost;
import dev.weir.auditor.pair.PairEvidence;
import dev.weir.auditor.selective.SelectiveEvidence;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.policy.Verdict;
import dev.weir.model.explain.Scorer;
import dev.weir.model.explain.global.PermutationImportance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict rests on, as it is stored beside the model.
 *
 * @param scores every row that judged, with what candidate and champion said of it
 * @param otherSpecRows held-out rows that were left out because another spec's encoder wrote them
 * @param rowsWithoutGroup rows by grouping of spec and policy that have no value of it and so are
 *     in none of its groups; groupings that every row has are left out
 * @param rowsWithLaterGroup of these, rows whose value was said for a time after the event only;
 *     null, and left out, where rows carry their groups
 * @param importance permutation importance of each feature
 * @param hazards energy, leakage, robustness and privacy
 * @param explanation Shapley values against the pinned background, and their quality; null where
 *     the artifact has no background or there are fewer than two rows
 * @param mitigation what a mitigation cost against the version without; null where there was none
 * @param pair what compressing changed against the version it was made from; null where the
 *     candidate was made from none
 * @param selective what rows whose labels a decision prevented leave open; null where the spec does
 *     not say that labels depend on decisions
 * @param verdict the verdict with every figure
 */
record Evidence(
    List<RowScore> scores,
    long otherSpecRows,
    Map<String, Long> rowsWithoutGroup,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Long> rowsWithLaterGroup,
    List<Importance> importance,
    HazardEvidence hazards,
    @Nullable ExplanationEvidence explanation,
    @Nullable MitigationCost mitigation,
    @Nullable PairEvidence pair,
    @Nullable SelectiveEvidence selective,
    Verdict verdict) {
  private static final int REPEATS = 5;

  /** Scorings cost rows · features · repeats, and the figure is reported, not judged. */
  private static final int MOST_IMPORTANCE_ROWS = 2000;

  /**
   * What was said of one row.
   *
   * @param champion the champion's probability; null when there is no champion
   * @param parent that of the version it was compressed from; null, and left out, without one
   */
  record RowScore(
      String eventId,
      double label,
      double candidate,
      @Nullable Double champion,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double parent) {}

  /**
   * How much the Brier score rises when a feature's column is shuffled.
   *
   * @param feature the feature's name
   * @param meanIncrease mean rise over the shuffles
   * @param standardError of that mean, over the shuffles only
   */
  record Importance(String feature, double meanIncrease, double standardError) {}

  static List<RowScore> scores(EvaluationRows rows, ScoredRows scored, double @Nullable [] parent) {
    double[] candidate = scored.candidate();
    Optional<double[]> champion = scored.champion();
    List<RowScore> scores = new ArrayList<>();
    for (int i = 0; i < candidate.length; i++) {
      Example example = rows.examples().get(i);
      int row = i;
      scores.add(
          new RowScore(
              example.eventId(),
              example.label(),
              candidate[i],
              champion.map(p -> p[row]).orElse(null),
              parent == null ? null : parent[i]));
    }
    return scores;
  }

  /** Returns the rows without a value, by grouping. */
  static Map<String, Long> withoutGroup(ScoredRows rows, Groupings groupings) {
    Map<String, Long> without = new TreeMap<>();
    for (String name : groupings.names()) {
      long rowsWithout = rows.grouping(name).without();
      if (rowsWithout > 0) {
        without.put(name, rowsWithout);
      }
    }
    return without;
  }

  /** Returns the importance of each feature, on evenly spaced rows where there are many. */
  static List<Importance> importance(
      Scorer scorer, EvaluationRows rows, List<String> names, long seed) {
    int count = rows.examples().size();
    if (count == 0) {
      return List.of();
    }
    int step = (count - 1) / MOST_IMPORTANCE_ROWS + 1;
    int[] chosen = IntStream.range(0, count).filter(i -> i % step == 0).toArray();
    float[][] features = rows.features();
    double[] labels = rows.labels();
    return PermutationImportance.of(
            scorer,
            Arrays.stream(chosen).mapToObj(i -> features[i]).toArray(float[][]::new),
            Arrays.stream(chosen).mapToDouble(i -> labels[i]).toArray(),
            REPEATS,
            seed)
        .stream()
        .map(i -> new Importance(names.get(i.feature()), i.meanIncrease(), i.standardError()))
        .toList();
  }
}
