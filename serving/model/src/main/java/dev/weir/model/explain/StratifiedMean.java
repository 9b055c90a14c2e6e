package dev.weir.model.explain;

/**
 * The mean of values drawn in strata of equal weight, with its standard error: {@code mean = 1/B
 * Σ_b m_b}, {@code se² = 1/B² Σ_b s²_b / n_b}, where m_b, s²_b and n_b are the mean, the variance
 * and the number of the draws in stratum b. What differs between strata is no error.
 *
 * <p>The strata of an explanation are the background rows. Values have the shape [C, F]. Not
 * thread-safe.
 *
 * @see <a href="https://www.wiley.com/en-us/p-9780471162407">W. Cochran, Sampling techniques, 1977,
 *     §5.3</a>
 */
public final class StratifiedMean {
  private final double[][][] means;
  private final double[][][] squares;
  private final long[] draws;

  /** Creates a mean over {@code strata} of values of shape [outputs, features]. */
  public StratifiedMean(int strata, int outputs, int features) {
    means = new double[strata][outputs][features];
    squares = new double[strata][outputs][features];
    draws = new long[strata];
  }

  /** Adds a draw to a stratum. */
  public void add(int stratum, double[][] values) {
    draws[stratum]++;
    for (int c = 0; c < values.length; c++) {
      for (int j = 0; j < values[c].length; j++) {
        double from = values[c][j] - means[stratum][c][j];
        means[stratum][c][j] += from / draws[stratum];
        squares[stratum][c][j] += from * (values[c][j] - means[stratum][c][j]);
      }
    }
  }

  /** Returns the mean, shape [C, F]. */
  public double[][] mean() {
    double[][] mean = new double[means[0].length][means[0][0].length];
    for (double[][] stratum : means) {
      for (int c = 0; c < mean.length; c++) {
        for (int j = 0; j < mean[c].length; j++) {
          mean[c][j] += stratum[c][j] / means.length;
        }
      }
    }
    return mean;
  }

  /**
   * Returns the standard error of the mean, shape [C, F].
   *
   * @throws IllegalStateException if a stratum has less than two draws
   */
  public double[][] standardErrors() {
    double[][] errors = new double[means[0].length][means[0][0].length];
    for (int b = 0; b < means.length; b++) {
      if (draws[b] < 2) {
        throw new IllegalStateException("stratum " + b + " needs 2 draws, has " + draws[b]);
      }
      double perDraw = 1.0 / ((draws[b] - 1) * draws[b]);
      for (int c = 0; c < errors.length; c++) {
        for (int j = 0; j < errors[c].length; j++) {
          errors[c][j] += squares[b][c][j] * perDraw;
        }
      }
    }
    for (double[] output : errors) {
      for (int j = 0; j < output.length; j++) {
        output[j] = Math.sqrt(output[j]) / means.length;
      }
    }
    return errors;
  }
}
