package dev.weir.statistics.mitigation;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Kamiran and Calders' reweighing, a mitigation before training: weights under which group and
 * label are independent, {@code w(g, y) = W_g W_y / (W W_gy)}, where W sums the weights that the
 * rows had. The weight of each group and of each label stays what it was.
 *
 * @param byCell the factor of each group, by label
 * @see <a href="https://doi.org/10.1007/s10115-011-0463-8">F. Kamiran, T. Calders, Data
 *     Preprocessing Techniques for Classification without Discrimination, 2012</a>
 */
public record Reweighing(SortedMap<String, Factors> byCell) {
  public Reweighing {
    byCell = Collections.unmodifiableSortedMap(new TreeMap<>(byCell));
  }

  /**
   * The factors of one group.
   *
   * @param negative for rows with label 0; empty when there are none
   * @param positive for rows with label 1; empty when there are none
   */
  public record Factors(OptionalDouble negative, OptionalDouble positive) {
    /** Returns the factor of a label, 0 or 1. */
    public OptionalDouble of(double label) {
      return label == 1 ? positive : negative;
    }
  }

  /**
   * Returns the factors that rows of weight 1 call for.
   *
   * @param groups the group of each row, shape [n], n ≥ 1
   * @param labels each 0 or 1, shape [n]
   */
  public static Reweighing fit(List<String> groups, double[] labels) {
    double[] ones = new double[labels.length];
    Arrays.fill(ones, 1);
    return fit(groups, labels, ones);
  }

  /**
   * Returns the factors that weighted rows call for.
   *
   * @param groups the group of each row, shape [n], n ≥ 1
   * @param labels each 0 or 1, shape [n]
   * @param weights each finite and &gt; 0, shape [n]
   */
  public static Reweighing fit(List<String> groups, double[] labels, double[] weights) {
    GroupRows rows = new GroupRows(groups, labels);
    requireWeights(weights, rows.size());
    SortedMap<String, double[]> cells = new TreeMap<>();
    double[] byLabel = new double[2];
    for (int i = 0; i < rows.size(); i++) {
      int label = rows.label(i);
      cells.computeIfAbsent(rows.group(i), group -> new double[2])[label] += weights[i];
      byLabel[label] += weights[i];
    }
    double total = byLabel[0] + byLabel[1];
    SortedMap<String, Factors> factors = new TreeMap<>();
    cells.forEach(
        (group, cell) -> {
          double share = (cell[0] + cell[1]) / total;
          factors.put(
              group,
              new Factors(factor(share, byLabel[0], cell[0]), factor(share, byLabel[1], cell[1])));
        });
    return new Reweighing(factors);
  }

  private static OptionalDouble factor(double share, double ofLabel, double ofCell) {
    return ofCell == 0 ? OptionalDouble.empty() : OptionalDouble.of(share * ofLabel / ofCell);
  }

  private static void requireWeights(double[] weights, int rows) {
    if (weights.length != rows) {
      throw new IllegalArgumentException(
          "need a weight for each of " + rows + " rows, was " + weights.length);
    }
    for (int i = 0; i < rows; i++) {
      if (!(weights[i] > 0 && weights[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "weight must be finite and > 0, was "
                + weights[i]
                + " at "
                + i
                + ": leave the row out");
      }
    }
  }

  /**
   * Returns the factor of a row.
   *
   * @throws IllegalArgumentException if the fitted rows had no such group with this label
   */
  public double factor(String group, double label) {
    Factors factors = byCell.get(group);
    OptionalDouble factor = factors == null ? OptionalDouble.empty() : factors.of(label);
    return factor.orElseThrow(
        () ->
            new IllegalArgumentException(
                "no row of group " + group + " with label " + label + " was fitted"));
  }

  /** Returns the factor of each of the fitted rows, in order. */
  public double[] factors(List<String> groups, double[] labels) {
    double[] all = new double[labels.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = factor(groups.get(i), labels[i]);
    }
    return all;
  }
}
