package dev.weir.auditor.hazard;

import dev.weir.auditor.robustness.Attack;
import dev.weir.auditor.robustness.AttackResult;
import dev.weir.auditor.robustness.ScoreBand;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The scores from which the figures on robustness and privacy follow, as they are stored: figures
 * computed from them again are the same anywhere, without the model.
 *
 * @param threshold the decision threshold
 * @param attacks the bands
 * @param membership the scores that membership was guessed from; null when it was not
 */
record HazardScores(double threshold, List<Band> attacks, @Nullable Membership membership) {
  HazardScores {
    attacks = List.copyOf(attacks);
  }

  /**
   * The band of one attack.
   *
   * @param labels 0 or 1 per row
   * @param base undisturbed scores
   * @param low lowest scores
   * @param high highest scores
   */
  record Band(
      Attack attack, List<Double> labels, List<Double> base, List<Double> low, List<Double> high) {
    static Band of(Attack attack, ScoreBand band, double[] labels) {
      int n = band.size();
      return new Band(
          attack,
          list(labels),
          IntStream.range(0, n).mapToObj(band::base).toList(),
          IntStream.range(0, n).mapToObj(band::low).toList(),
          IntStream.range(0, n).mapToObj(band::high).toList());
    }

    ScoreBand scores() {
      return new ScoreBand(array(base), array(low), array(high));
    }

    AttackResult result(double threshold) {
      return AttackResult.of(attack, scores(), array(labels), threshold);
    }
  }

  /**
   * Scores of rows that were trained on, and of others.
   *
   * @param seed of the halves
   */
  record Membership(
      List<Double> memberScores,
      List<Double> memberLabels,
      List<Double> otherScores,
      List<Double> otherLabels,
      long seed) {}

  static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
