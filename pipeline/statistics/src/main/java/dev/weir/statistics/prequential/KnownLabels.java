package dev.weir.statistics.prequential;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What the labels say that are known at each row, without any model: the two rules that a model of
 * a stream has to beat.
 *
 * <p>A label counts for a row when its label time lies strictly before the row's event time. Where
 * each label is known before the next row, both rules are those of MOA's {@code NoChange} and
 * {@code MajorityClass}. O(n log n).
 *
 * @param last the label that became known last, of labels of one time that of the later row; 0
 *     before any is known
 * @param ones how many known labels are 1
 * @param known how many labels are known
 * @see <a href="https://doi.org/10.1007/s10994-014-5441-4">I. Žliobaitė et al., Evaluation methods
 *     and decision theory for classification of streaming data with temporal dependence, Machine
 *     Learning 2015</a>
 */
@SuppressWarnings("ArrayRecordComponent")
public record KnownLabels(byte[] last, int[] ones, int[] known) {
  /**
   * Returns what is known at each row.
   *
   * @param eventMillis event times, ascending, shape [n]
   * @param labelMillis label times, same shape
   * @param labels 0 or 1, same shape
   * @throws IllegalArgumentException if shapes differ, event times fall, or a label is neither
   */
  public static KnownLabels of(long[] eventMillis, long[] labelMillis, double[] labels) {
    int n = eventMillis.length;
    requireRows(eventMillis, labelMillis, labels);
    Integer[] byLabelTime = new Integer[n];
    Arrays.setAll(byLabelTime, i -> i);
    Arrays.sort(byLabelTime, Comparator.comparingLong(i -> labelMillis[i]));
    KnownLabels all = new KnownLabels(new byte[n], new int[n], new int[n]);
    int known = 0;
    int ones = 0;
    byte last = 0;
    for (int row = 0; row < n; row++) {
      while (known < n && labelMillis[byLabelTime[known]] < eventMillis[row]) {
        last = (byte) labels[byLabelTime[known]];
        ones += last;
        known++;
      }
      all.last[row] = last;
      all.ones[row] = ones;
      all.known[row] = known;
    }
    return all;
  }

  private static void requireRows(long[] eventMillis, long[] labelMillis, double[] labels) {
    if (labelMillis.length != eventMillis.length || labels.length != eventMillis.length) {
      throw new IllegalArgumentException(
          "event times, label times and labels must be as many, were "
              + eventMillis.length
              + ", "
              + labelMillis.length
              + ", "
              + labels.length);
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        throw new IllegalArgumentException("label " + i + " must be 0 or 1, was " + labels[i]);
      }
      if (i > 0 && eventMillis[i] < eventMillis[i - 1]) {
        throw new IllegalArgumentException("event times must not fall, do at " + i);
      }
    }
  }

  /** Returns whether more of the labels known at a row are 1 than 0. */
  public boolean isMajorityOne(int row) {
    return 2 * ones[row] > known[row];
  }

  /**
   * Returns the probability of 1 by the labels known at a row, {@code (ones + ½) / (known + 1)}; ½
   * before any is known.
   *
   * @see <a href="https://doi.org/10.1109/TIT.1981.1056331">R. Krichevsky, V. Trofimov, The
   *     performance of universal encoding, 1981</a>
   */
  public double rate(int row) {
    return (ones[row] + 0.5) / (known[row] + 1.0);
  }
}
