package dev.weir.statistics.mitigation;

import java.util.ArrayList;
import java.util.List;

/**
 * How far the rates of a classifier lie from the overall rate, as 2K linear constraints: {@code
 * γ(h) = ±(mean of h in a group's rows of an event − mean of h in all rows of the event)}.
 */
final class Moments {
  private final List<double[]> coefficients = new ArrayList<>();
  private final int rows;

  Moments(Parity parity, GroupRows rows) {
    this.rows = rows.size();
    switch (parity) {
      case DEMOGRAPHIC_PARITY:
        add(rows, 0, 1);
        break;
      case TRUE_POSITIVE_RATE_PARITY:
        add(rows, 1, 1);
        break;
      case FALSE_POSITIVE_RATE_PARITY:
        add(rows, 0, 0);
        break;
      case EQUALIZED_ODDS:
        add(rows, 0, 0);
        add(rows, 1, 1);
        break;
    }
  }

  /** Adds the event "label between low and high" for each group that has such rows. */
  private void add(GroupRows rows, int low, int high) {
    double[] event = new double[this.rows];
    for (int i = 0; i < this.rows; i++) {
      event[i] = rows.label(i) >= low && rows.label(i) <= high ? 1 : 0;
    }
    double all = sum(event);
    for (int[] members : rows.byGroup().values()) {
      double[] coefficient = new double[this.rows];
      double inGroup = 0;
      for (int i : members) {
        inGroup += event[i];
      }
      if (inGroup > 0) {
        for (int i : members) {
          coefficient[i] = event[i] / inGroup;
        }
        for (int i = 0; i < this.rows; i++) {
          coefficient[i] -= event[i] / all;
        }
        coefficients.add(coefficient);
      }
    }
  }

  /** Returns the number of constraints. */
  int size() {
    return 2 * coefficients.size();
  }

  /** Returns γ of decisions, first the upper sides, then the lower. */
  double[] of(double[] decisions) {
    double[] gamma = new double[size()];
    for (int j = 0; j < coefficients.size(); j++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += coefficients.get(j)[i] * decisions[i];
      }
      gamma[j] = sum;
      gamma[coefficients.size() + j] = -sum;
    }
    return gamma;
  }

  /** Returns what selecting each row costs under multipliers. */
  double[] costs(double[] multipliers) {
    double[] costs = new double[rows];
    for (int j = 0; j < coefficients.size(); j++) {
      double lambda = multipliers[j] - multipliers[coefficients.size() + j];
      for (int i = 0; i < rows; i++) {
        costs[i] += lambda * coefficients.get(j)[i];
      }
    }
    return costs;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
