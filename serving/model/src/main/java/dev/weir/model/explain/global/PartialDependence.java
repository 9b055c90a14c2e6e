package dev.weir.model.explain.global;

import dev.weir.model.explain.Background;
import dev.weir.model.explain.Predictor;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.Arrays;

/**
 * How an output depends on one feature: {@code PD(g) = 1/N Σᵢ f(rowᵢ with feature = g)}, and the
 * curve of each row behind it (individual conditional expectation, ICE). Immutable.
 *
 * <p>Where features depend on each other, the curves leave the data; the spread of the ICE curves
 * shows the interactions that their mean hides.
 *
 * @see <a href="https://doi.org/10.1214/aos/1013203451">J. Friedman, Greedy function approximation,
 *     2001, §8.2</a>
 * @see <a href="https://arxiv.org/abs/1309.6392">A. Goldstein et al., Peeking inside the black box,
 *     2015</a>
 */
public final class PartialDependence {
  private final double[] grid;
  private final double[][] curves;

  private PartialDependence(double[] grid, double[][] curves) {
    this.grid = grid;
    this.curves = curves;
  }

  /**
   * Returns the dependence of an output on a feature, over the rows of the background. Costs N · G
   * evaluations.
   *
   * @param grid the values to set the feature to, shape [G], G ≥ 1
   * @throws IllegalArgumentException if there is no such feature or the grid is empty
   */
  public static PartialDependence of(
      Predictor predictor, Background rows, int feature, double[] grid, int output) {
    if (feature < 0 || feature >= rows.features() || grid.length == 0) {
      throw new IllegalArgumentException(
          "feature must be in [0, "
              + rows.features()
              + ") and the grid not empty, were "
              + feature
              + " and "
              + grid.length
              + " values");
    }
    double[][] curves = new double[rows.size()][grid.length];
    for (int g = 0; g < grid.length; g++) {
      double[][] changed = rows.rows();
      for (double[] row : changed) {
        row[feature] = grid[g];
      }
      double[][] outputs = predictor.score(changed);
      for (int i = 0; i < curves.length; i++) {
        curves[i][g] = outputs[i][output];
      }
    }
    return new PartialDependence(grid.clone(), curves);
  }

  /**
   * Returns values that part a column evenly: its distinct values where there are no more than
   * {@code most}, else its quantiles at 0, 1/(most − 1), …, 1. NaN is left out.
   *
   * @param most points, ≥ 2
   * @return ascending; empty if all is NaN
   */
  public static double[] grid(double[] column, int most) {
    if (most < 2) {
      throw new IllegalArgumentException("a grid needs >= 2 points, was " + most);
    }
    double[] sorted = Arrays.stream(column).filter(x -> !Double.isNaN(x)).sorted().toArray();
    double[] distinct = Arrays.stream(sorted).distinct().toArray();
    if (distinct.length <= most) {
      return distinct;
    }
    double[] grid = new double[most];
    for (int g = 0; g < most; g++) {
      grid[g] = sorted[(int) Math.round((double) g * (sorted.length - 1) / (most - 1))];
    }
    return Arrays.stream(grid).distinct().toArray();
  }

  /** Returns the values that the feature was set to, shape [G]. */
  public double[] grid() {
    return grid.clone();
  }

  /** Returns the curve of one row, shape [G]. */
  public double[] curve(int row) {
    return curves[row].clone();
  }

  /** Returns the number of rows, N. */
  public int rows() {
    return curves.length;
  }

  /**
   * Returns the mean over the rows at a value of the grid, with Student's bounds over the sampling
   * of the rows.
   *
   * @throws IllegalArgumentException if there is only one row
   */
  public MeanEstimate mean(int gridIndex) {
    return MeanEstimate.of(Arrays.stream(curves).mapToDouble(c -> c[gridIndex]).toArray());
  }
}
