package dev.weir.model.explain.quality;

import dev.weir.model.explain.shapley.ScoredCoalitions;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How an output falls when one feature after the other is taken away, that is averaged over the
 * background: {@code v(N), v(N ∖ {o₁}), …, v(∅)}.
 */
final class DeletionCurve {
  private final ScoredCoalitions coalitions;
  private final int output;

  DeletionCurve(ScoredCoalitions coalitions, int output) {
    this.coalitions = coalitions;
    this.output = output;
  }

  /**
   * Returns the mean area under the curves of random orders less that of the order of falling
   * values.
   */
  double gain(double[] row, double[] values, int randomOrders, SplittableRandom random) {
    double byChance = 0;
    for (int r = 0; r < randomOrders; r++) {
      int[] order = shuffled(row.length, random);
      byChance += area(row, order) / randomOrders;
    }
    int[] falling =
        IntStream.range(0, row.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer j) -> values[j]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    return byChance - area(row, falling);
  }

  /** The area by the trapezoidal rule, the curve's width taken as 1. */
  private double area(double[] row, int[] order) {
    int[] rank = new int[order.length];
    for (int k = 0; k < order.length; k++) {
      rank[order[k]] = k;
    }
    double[][] curve = coalitions.values(row, order.length + 1, (k, j) -> rank[j] >= k);
    double area = 0;
    for (int k = 0; k < order.length; k++) {
      area += (curve[k][output] + curve[k + 1][output]) / 2 / order.length;
    }
    return area;
  }

  private static int[] shuffled(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int k = 0; k < size; k++) {
      int swapped = random.nextInt(k + 1);
      order[k] = order[swapped];
      order[swapped] = k;
    }
    return order;
  }
}
