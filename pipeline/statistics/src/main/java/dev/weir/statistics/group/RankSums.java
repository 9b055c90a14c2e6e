package dev.weir.statistics.group;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.MeanEstimate;
import dev.weir.statistics.interval.RankEstimate;
import java.util.Optional;

/**
 * The area under the ROC curve of each group, with DeLong's variance, in two passes over rows in
 * the order of their scores.
 *
 * <p>The placement of a positive is the weighted share of its group's negatives that score lower,
 * ties half; that of a negative the share of positives that score higher. The area is the mean of
 * either. O(n) after sorting, whatever the number of groups.
 */
final class RankSums {
  private final MomentSums ofPositives;
  private final MomentSums ofNegatives;

  private RankSums(int groups) {
    ofPositives = new MomentSums(groups);
    ofNegatives = new MomentSums(groups);
  }

  static RankSums of(Predictions rows, int[] codes, int groups) {
    RankSums sums = new RankSums(groups);
    double[] all = new double[2 * groups];
    for (int i = 0; i < codes.length; i++) {
      if (Outcome.isLabelled(rows.outcome(i))) {
        all[2 * codes[i] + Outcome.label(rows.outcome(i))] += rows.weight(i);
      }
    }
    sums.place(rows, codes, all);
    return sums;
  }

  private void place(Predictions rows, int[] codes, double[] all) {
    double[] below = new double[all.length];
    double[] tied = new double[all.length];
    int from = 0;
    while (from < codes.length) {
      int to = from;
      while (to < codes.length && rows.score(to) == rows.score(from)) {
        tied[slot(rows, codes, to)] += labelledWeight(rows, to);
        to++;
      }
      for (int i = from; i < to; i++) {
        place(rows, codes, i, all, below, tied);
      }
      for (int i = from; i < to; i++) {
        int slot = slot(rows, codes, i);
        below[slot] += tied[slot];
        tied[slot] = 0;
      }
      from = to;
    }
  }

  private void place(
      Predictions rows, int[] codes, int i, double[] all, double[] below, double[] tied) {
    int outcome = rows.outcome(i);
    if (!Outcome.isLabelled(outcome)) {
      return;
    }
    int group = codes[i];
    int slot = 2 * group + 1 - Outcome.label(outcome);
    double shareBelow = (below[slot] + 0.5 * tied[slot]) / all[slot];
    if (!(all[slot] > 0)) {
      return;
    }
    if (Outcome.label(outcome) == 1) {
      ofPositives.add(group, shareBelow, rows.weight(i));
    } else {
      ofNegatives.add(group, 1 - shareBelow, rows.weight(i));
    }
  }

  private static int slot(Predictions rows, int[] codes, int i) {
    return 2 * codes[i] + (Outcome.label(rows.outcome(i)) & 1);
  }

  private static double labelledWeight(Predictions rows, int i) {
    return Outcome.isLabelled(rows.outcome(i)) ? rows.weight(i) : 0;
  }

  /** Returns the area; empty when a class has no weight. */
  Optional<Estimate> area(int group) {
    return ofPositives
        .mean(group)
        .flatMap(positives -> ofNegatives.mean(group).map(n -> area(positives, n)));
  }

  private static Estimate area(MeanEstimate positives, MeanEstimate negatives) {
    double a = Math.pow(positives.standardError(), 2);
    double b = Math.pow(negatives.standardError(), 2);
    double df =
        a + b > 0 && a + b < Double.POSITIVE_INFINITY
            ? (a + b)
                * (a + b)
                / (a * a / positives.degreesOfFreedom() + b * b / negatives.degreesOfFreedom())
            : 1;
    double rarer = Math.min(worth(positives), worth(negatives));
    return new RankEstimate(
        Math.min(1, Math.max(0, positives.value())),
        Math.sqrt(a + b),
        df,
        rarer,
        positives.n() + negatives.n());
  }

  /** Returns what the rows of a class are worth: one where their spread is unknown. */
  private static double worth(MeanEstimate placements) {
    return Double.isFinite(placements.standardError()) ? placements.degreesOfFreedom() + 1 : 1;
  }
}
