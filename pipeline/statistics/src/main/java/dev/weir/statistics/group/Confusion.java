package dev.weir.statistics.group;

import java.util.OptionalDouble;

/**
 * Decisions against labels: the weights in each cell of the confusion matrix. Without sample
 * weights, each row weighs 1.
 *
 * @param truePositives selected, and the label is 1
 * @param falsePositives selected, and the label is 0
 * @param trueNegatives not selected, and the label is 0
 * @param falseNegatives not selected, and the label is 1
 * @param rows rows behind it, unweighted
 */
public record Confusion(
    double truePositives,
    double falsePositives,
    double trueNegatives,
    double falseNegatives,
    long rows) {
  /** No row at all. */
  public static final Confusion EMPTY = new Confusion(0, 0, 0, 0, 0);

  public Confusion {
    boolean isValid =
        truePositives >= 0
            && falsePositives >= 0
            && trueNegatives >= 0
            && falseNegatives >= 0
            && rows >= 0;
    if (!isValid) {
      throw new IllegalArgumentException(
          "cells must be >= 0, were "
              + truePositives
              + ", "
              + falsePositives
              + ", "
              + trueNegatives
              + ", "
              + falseNegatives);
    }
  }

  /** Returns the sum of two disjoint sets of rows. */
  public Confusion plus(Confusion other) {
    return new Confusion(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        trueNegatives + other.trueNegatives,
        falseNegatives + other.falseNegatives,
        rows + other.rows);
  }

  /** Returns the weight of the rows that were selected. */
  public double selected() {
    return truePositives + falsePositives;
  }

  /** Returns the weight of the rows whose label is 1. */
  public double positives() {
    return truePositives + falseNegatives;
  }

  /** Returns the weight of the rows whose label is 0. */
  public double negatives() {
    return falsePositives + trueNegatives;
  }

  /** Returns the weight of all rows. */
  public double total() {
    return positives() + negatives();
  }

  static OptionalDouble ratio(double part, double whole) {
    return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
  }
}
