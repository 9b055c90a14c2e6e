package dev.weir.statistics.group;

import dev.weir.statistics.interval.MeanEstimate;
import java.util.Optional;

/** Weighted first and second moments of a quantity in each group. */
final class MomentSums {
  private final long[] rows;
  private final double[] weights;
  private final double[] squares;
  private final double[] first;
  private final double[] firstSquares;
  private final double[] secondSquares;

  MomentSums(int groups) {
    rows = new long[groups];
    weights = new double[groups];
    squares = new double[groups];
    first = new double[groups];
    firstSquares = new double[groups];
    secondSquares = new double[groups];
  }

  void add(int group, double x, double weight) {
    rows[group]++;
    weights[group] += weight;
    first[group] += weight * x;
    double wx = weight * x;
    squares[group] += weight * weight;
    firstSquares[group] += weight * wx;
    secondSquares[group] += wx * wx;
  }

  /** Returns sums of which each group holds all rows but its own. */
  MomentSums others() {
    MomentSums others = new MomentSums(rows.length);
    for (int group = 0; group < rows.length; group++) {
      for (int other = 0; other < rows.length; other++) {
        if (other != group) {
          others.rows[group] += rows[other];
          others.weights[group] += weights[other];
          others.squares[group] += squares[other];
          others.first[group] += first[other];
          others.firstSquares[group] += firstSquares[other];
          others.secondSquares[group] += secondSquares[other];
        }
      }
    }
    return others;
  }

  double weight(int group) {
    return weights[group];
  }

  /**
   * Returns the mean {@code m = Σwx / Σw} with Student's bounds on {@code v = Σw²(x − m)² / (Σw)² ·
   * k / (k − 1)} and k − 1 degrees of freedom, {@code k = (Σw)² / Σw²}; unbounded where k ≤ 1,
   * empty without weight.
   */
  Optional<MeanEstimate> mean(int group) {
    double total = weights[group];
    if (!(total > 0)) {
      return Optional.empty();
    }
    double mean = first[group] / total;
    double effective = total * total / squares[group];
    if (!(effective > 1 + 1e-9)) {
      return Optional.of(new MeanEstimate(mean, Double.POSITIVE_INFINITY, 1, rows[group]));
    }
    double spread =
        secondSquares[group] - 2 * mean * firstSquares[group] + mean * mean * squares[group];
    double variance = Math.max(0, spread) / (total * total) * effective / (effective - 1);
    return Optional.of(new MeanEstimate(mean, Math.sqrt(variance), effective - 1, rows[group]));
  }
}
