package dev.weir.app.init;

import dev.weir.app.csv.Cells;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How well one column alone tells labels 1 from labels 0: the area under its ROC curve, folded so
 * that 0.5 is nothing and 1 is everything.
 */
final class Separation {
  private Separation() {}

  /**
   * Returns the greater of the areas by value and by whether there is a value; 0.5 where a class
   * has no row.
   *
   * @param isNumber whether the cells are numbers, ranked by size; others are ranked by the share
   *     of label 1 that their value has among the other half of the rows
   * @param cells the column
   * @param labels 0, 1, or −1 for none, one per cell
   */
  static double of(boolean isNumber, List<String> cells, int[] labels) {
    double[] scores = isNumber ? numbers(cells) : shares(cells, labels);
    double[] presence = cells.stream().mapToDouble(cell -> Cells.isMissing(cell) ? 0 : 1).toArray();
    return Math.max(folded(scores, labels), folded(presence, labels));
  }

  private static double[] numbers(List<String> cells) {
    return cells.stream().mapToDouble(Cells::number).toArray();
  }

  /**
   * A value's share comes from the half that its row is not in, so that rare values tell nothing.
   */
  private static double[] shares(List<String> cells, int[] labels) {
    List<Map<String, double[]>> halves = List.of(new HashMap<>(), new HashMap<>());
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0 && !Cells.isMissing(cells.get(i))) {
        double[] sums = halves.get(half(i)).computeIfAbsent(cells.get(i), any -> new double[2]);
        sums[0] += labels[i];
        sums[1]++;
      }
    }
    double[] scores = new double[labels.length];
    for (int i = 0; i < scores.length; i++) {
      double[] sums = halves.get(1 - half(i)).get(cells.get(i));
      scores[i] = Cells.isMissing(cells.get(i)) || sums == null ? Double.NaN : sums[0] / sums[1];
    }
    return scores;
  }

  /** Rows in turn would split a file that alternates by its labels; multiples of φ do not. */
  private static int half(int row) {
    return (row * 0x9E37_79B9) >>> (Integer.SIZE - 1);
  }

  /** Area by midranks over rows with a label and a score. */
  private static double folded(double[] scores, int[] labels) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      if (labels[i] >= 0 && !Double.isNaN(scores[i])) {
        rows.add(i);
      }
    }
    rows.sort((a, b) -> Double.compare(scores[a], scores[b]));
    double ranks = 0;
    double positives = 0;
    for (int from = 0; from < rows.size(); ) {
      int to = from;
      int ones = 0;
      while (to < rows.size() && scores[rows.get(to)] == scores[rows.get(from)]) {
        ones += labels[rows.get(to)];
        to++;
      }
      ranks += ones * (from + 1 + to) / 2.0;
      positives += ones;
      from = to;
    }
    double negatives = rows.size() - positives;
    if (positives == 0 || negatives == 0) {
      return 0.5;
    }
    double area = (ranks - positives * (positives + 1) / 2) / (positives * negatives);
    return Math.max(area, 1 - area);
  }
}
