package dev.weir.statistics.interval;

import java.util.Arrays;

/**
 * DeLong's structural components of an area under the ROC curve.
 *
 * @param ofPositives for each positive, in the order of the rows, the share of negatives that score
 *     less, ties half
 * @param ofNegatives for each negative the share of positives that score more, ties half
 */
@SuppressWarnings("ArrayRecordComponent")
record Placements(double[] ofPositives, double[] ofNegatives) {
  static Placements of(double[] scores, double[] labels) {
    double[] positives = pick(scores, labels, 1);
    double[] negatives = pick(scores, labels, 0);
    double[] below = sharesBelow(positives, negatives);
    double[] above = sharesBelow(negatives, positives);
    for (int i = 0; i < above.length; i++) {
      above[i] = 1 - above[i];
    }
    return new Placements(below, above);
  }

  /** Returns the rows of the rarer class. */
  int rarer() {
    return Math.min(ofPositives.length, ofNegatives.length);
  }

  private static double[] pick(double[] scores, double[] labels, double label) {
    double[] picked = new double[scores.length];
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] == label) {
        picked[n++] = scores[i];
      }
    }
    return Arrays.copyOf(picked, n);
  }

  /** Returns for each of {@code ours} the share of {@code theirs} below it, ties half. */
  private static double[] sharesBelow(double[] ours, double[] theirs) {
    double[] sorted = theirs.clone();
    Arrays.sort(sorted);
    double[] shares = new double[ours.length];
    for (int i = 0; i < ours.length; i++) {
      int below = firstAtLeast(sorted, ours[i]);
      int notAbove = firstAtLeast(sorted, Math.nextUp(ours[i]));
      shares[i] = (below + 0.5 * (notAbove - below)) / sorted.length;
    }
    return shares;
  }

  private static int firstAtLeast(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
