package dev.weir.statistics.multiple;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The level of each one-sided bound that makes all bounds of K correlated estimates hold together
 * with probability 1 − α: the max-t method.
 *
 * <p>With c the 1 − α quantile of {@code max |Zₖ|} (two sides) or {@code max Zₖ} (one side), Z ~
 * N(0, R), it is {@code 1 − Φ(c)}. It is handed to each estimate's own bound, so Wilson's,
 * Newcombe's and Student's bounds keep their shape: a Gaussian copula over the bounds. It lies
 * between Bonferroni's α / (K · sides), which R cannot go below, and α / sides.
 *
 * <p>The quantile is that of a fixed Richtmyer sequence, of so many points that 400 lie beyond it,
 * at least 8,192 and at most 32,768; the same R gives the same bits. For more than 64 estimates, or
 * for an α that fewer than ten of the points exceed, it is Šidák's {@code (1 − (1 − α)^(1/K)) / 2}
 * for two sides, which holds for every R, or Bonferroni's for one.
 *
 * <p>Thread-safe.
 *
 * @see <a href="https://doi.org/10.1002/bimj.200810425">T. Hothorn et al., Simultaneous Inference
 *     in General Parametric Models, 2008</a>
 */
public final class SimultaneousLevel {
  private static final int FEWEST_POINTS = 1 << 13;
  private static final int MOST_POINTS = 1 << 15;
  private static final int WANTED_BEYOND = 400;
  private static final int MOST_ESTIMATES = 64;
  private static final int FEWEST_BEYOND = 10;
  private static final int BINS = 1 << 14;
  private static final double WIDEST = 6;
  private static final double SINGULAR = 1e-10;
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private SimultaneousLevel() {}

  /**
   * Returns the level.
   *
   * @param correlation R, shape [K, K], symmetric and positive semidefinite with ones in its
   *     diagonal, K ≥ 1
   * @param alpha the chance that any bound fails, in (0, 1)
   * @param sides 1 or 2 bounds per estimate
   */
  public static double of(double[][] correlation, double alpha, int sides) {
    int k = correlation.length;
    if (k < 1 || !(alpha > 0 && alpha < 1) || sides < 1 || sides > 2) {
      throw new IllegalArgumentException(
          "need estimates, alpha in (0, 1) and 1 or 2 sides, had "
              + k
              + ", "
              + alpha
              + " and "
              + sides);
    }
    if (k == 1) {
      return alpha / sides;
    }
    int points = points(alpha);
    int beyond = (int) (alpha * points);
    if (k > MOST_ESTIMATES || beyond < FEWEST_BEYOND) {
      return sides == 2 ? sidak(k, alpha) : alpha / k;
    }
    double critical = critical(maxima(root(correlation), sides, points), beyond);
    double level = STANDARD.survivalProbability(critical);
    return Math.min(alpha / sides, Math.max(level, alpha / (k * sides)));
  }

  private static int points(double alpha) {
    return (int) Math.max(FEWEST_POINTS, Math.min(MOST_POINTS, WANTED_BEYOND / alpha));
  }

  /** Returns the edge of the bin above which at most {@code beyond} of the maxima lie. */
  private static double critical(double[] maxima, int beyond) {
    int[] counts = new int[BINS];
    for (double maximum : maxima) {
      counts[(int) Math.max(0, Math.min(BINS - 1, maximum * BINS / WIDEST))]++;
    }
    int bin = BINS;
    int above = 0;
    while (above + counts[bin - 1] <= beyond) {
      bin--;
      above += counts[bin];
    }
    return bin * WIDEST / BINS;
  }

  /** Returns Šidák's level of each of the two bounds of K estimates. */
  private static double sidak(int k, double alpha) {
    return -Math.expm1(Math.log1p(-alpha) / k) / 2;
  }

  /** Estimate by estimate over all points, so that the inner loops run on whole vectors. */
  private static double[] maxima(double[][] root, int sides, int count) {
    double[][] points = NormalPoints.SHARED.coordinates(root.length);
    double[] maxima = new double[count];
    Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
    double[] sums = new double[count];
    for (int j = 0; j < root.length; j++) {
      Arrays.fill(sums, 0);
      for (int l = 0; l <= j; l++) {
        addScaled(sums, root[j][l], points[l]);
      }
      raise(maxima, sums, sides);
    }
    return maxima;
  }

  private static void addScaled(double[] sums, double factor, double[] values) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += factor * values[i];
    }
  }

  private static void raise(double[] maxima, double[] sums, int sides) {
    for (int i = 0; i < sums.length; i++) {
      maxima[i] = Math.max(maxima[i], sides == 2 ? Math.abs(sums[i]) : sums[i]);
    }
  }

  /** Returns the lower Cholesky factor; directions without variance get a column of zeros. */
  private static double[][] root(double[][] correlation) {
    int k = correlation.length;
    double[][] root = new double[k][k];
    for (int j = 0; j < k; j++) {
      for (int i = j; i < k; i++) {
        double sum = correlation[i][j];
        for (int l = 0; l < j; l++) {
          sum -= root[i][l] * root[j][l];
        }
        if (i == j) {
          root[j][j] = sum > SINGULAR ? Math.sqrt(sum) : 0;
        } else {
          root[i][j] = root[j][j] > 0 ? sum / root[j][j] : 0;
        }
      }
    }
    return root;
  }

  /** Standard normal coordinates of the sequence, made once per dimension. */
  private static final class NormalPoints {
    static final NormalPoints SHARED = new NormalPoints();

    private final double[][] coordinates = new double[MOST_ESTIMATES][];

    synchronized double[][] coordinates(int dimensions) {
      for (int d = 0; d < dimensions; d++) {
        if (coordinates[d] == null) {
          coordinates[d] = coordinate(d);
        }
      }
      return Arrays.copyOf(coordinates, dimensions);
    }

    /** Returns Φ⁻¹ of the multiples of √prime modulo 1. */
    private static double[] coordinate(int dimension) {
      double step = Math.sqrt(prime(dimension));
      double[] values = new double[MOST_POINTS];
      for (int i = 0; i < MOST_POINTS; i++) {
        double share = (i + 0.5) * step;
        values[i] = STANDARD.inverseCumulativeProbability(share - Math.floor(share));
      }
      return values;
    }

    private static int prime(int index) {
      int found = -1;
      int candidate = 1;
      while (found < index) {
        candidate++;
        boolean isPrime = true;
        for (int d = 2; d * d <= candidate; d++) {
          isPrime &= candidate % d != 0;
        }
        found += isPrime ? 1 : 0;
      }
      return candidate;
    }
  }
}
