package dev.weir.model.explain;

import java.util.Optional;

/**
 * The Cholesky decomposition {@code A = L Lᵀ} of a symmetric, positive definite matrix. Immutable.
 *
 * @see <a href="https://jhupbooks.press.jhu.edu/title/matrix-computations">G. Golub, C. Van Loan,
 *     Matrix Computations, 2013, §4.2.5</a>
 */
public final class Cholesky {
  /** A pivot below this share of the largest diagonal element is a singular matrix. */
  private static final double SINGULAR = 1e-12;

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /** Returns the decomposition; nothing if the matrix is singular to working precision. */
  public static Optional<Cholesky> of(double[][] matrix) {
    int n = matrix.length;
    double largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, matrix[i][i]);
    }
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i == j && !(sum > SINGULAR * largest)) {
          return Optional.empty();
        }
        lower[i][j] = i == j ? Math.sqrt(sum) : sum / lower[j][j];
      }
    }
    return Optional.of(new Cholesky(lower));
  }

  /** Returns x with {@code A x = b}. */
  public double[] solve(double[] b) {
    int n = lower.length;
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }

  /** Returns the inverse of A. */
  public double[][] inverse() {
    double[][] inverse = new double[lower.length][];
    for (int i = 0; i < lower.length; i++) {
      double[] unit = new double[lower.length];
      unit[i] = 1;
      inverse[i] = solve(unit);
    }
    return inverse;
  }
}
