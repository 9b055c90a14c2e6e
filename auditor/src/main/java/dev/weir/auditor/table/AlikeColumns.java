package dev.weir.auditor.table;

import dev.weir.statistics.group.Consistency;
import java.util.List;
import java.util.OptionalDouble;

/** The columns by which rows are alike, for the consistency of their decisions. */
final class AlikeColumns {
  /** Each row is compared with every other one: so many take seconds. */
  static final int MOST_ROWS = 20_000;

  /** As many as AIF360 takes, the row itself among them. */
  static final int NEIGHBOURS = 5;

  private static final String NUMBERS =
      "rows are compared by numbers only; code categories as columns of 0 and 1";

  private final List<NumberColumn> columns;

  AlikeColumns(List<String> names) {
    this.columns =
        names.stream()
            .map(name -> new NumberColumn(name, false, -Double.MAX_VALUE, NUMBERS))
            .toList();
  }

  List<NumberColumn> columns() {
    return columns;
  }

  /**
   * Returns the consistency of decisions; empty when no column says who is alike.
   *
   * @throws TableException if there are too many rows, or too few
   */
  OptionalDouble consistency(double[] decisions) {
    if (columns.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (decisions.length > MOST_ROWS || decisions.length < NEIGHBOURS) {
      throw new TableException(
          "consistency needs "
              + NEIGHBOURS
              + " to "
              + MOST_ROWS
              + " rows, the file has "
              + decisions.length
              + "; audit a sample of them, or leave out --alike");
    }
    return OptionalDouble.of(new Consistency(features(decisions.length), NEIGHBOURS).of(decisions));
  }

  /** Returns the columns in units of their standard deviation, shape [N, F]. */
  private double[][] features(int rows) {
    double[][] features = new double[rows][columns.size()];
    for (int j = 0; j < columns.size(); j++) {
      double[] values = columns.get(j).values();
      double scale = standardDeviation(values);
      for (int i = 0; i < rows; i++) {
        features[i][j] = scale > 0 ? values[i] / scale : 0;
      }
    }
    return features;
  }

  private static double standardDeviation(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean) / values.length;
    }
    return Math.sqrt(squares);
  }
}
