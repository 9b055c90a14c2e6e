package dev.weir.statistics.mitigation;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Logistic regression with an L2 penalty, by Newton's method: minimizes {@code Σ wᵢ ln(1 + e^−yᵢ
 * zᵢ) + ‖β‖² / (2C)} with C = 1 and no penalty on the intercept, which is what scikit-learn 1.2's
 * {@code LogisticRegression} does by default. A classifier is its coefficients, the intercept last;
 * it selects where z &gt; 0.
 */
public final class LogisticLearner implements WeightedLearner<double[]> {
  private static final int MOST_STEPS = 100;
  private static final double CONVERGED = 1e-10;
  private static final double CERTAIN = 1e3;

  private final double[][] design;
  private final int width;

  /**
   * Creates a learner.
   *
   * @param features finite, shape [n, F], n ≥ 1
   */
  public LogisticLearner(double[][] features) {
    this.width = features[0].length + 1;
    this.design = new double[features.length][];
    for (int i = 0; i < features.length; i++) {
      design[i] = Arrays.copyOf(features[i], width);
      design[i][width - 1] = 1;
    }
  }

  @Override
  public Fitted<double[]> fit(double[] labels, double[] weights) {
    double[] beta = new double[width];
    double loss = loss(beta, labels, weights);
    double largest = Double.POSITIVE_INFINITY;
    for (int step = 0; step < MOST_STEPS && largest > CONVERGED; step++) {
      double[] direction = direction(beta, labels, weights);
      double length = 1;
      double[] next = moved(beta, direction, length);
      double reached = loss(next, labels, weights);
      while (reached > loss && length > CONVERGED) {
        length /= 2;
        next = moved(beta, direction, length);
        reached = loss(next, labels, weights);
      }
      largest = length * Arrays.stream(direction).map(Math::abs).max().orElse(0);
      beta = next;
      loss = reached;
    }
    return new Fitted<>(beta, decisions(beta));
  }

  @Override
  public Fitted<double[]> constant(int label) {
    double[] beta = new double[width];
    beta[width - 1] = label == 1 ? CERTAIN : -CERTAIN;
    return new Fitted<>(beta, decisions(beta));
  }

  private static double[] moved(double[] beta, double[] direction, double length) {
    double[] next = beta.clone();
    for (int j = 0; j < next.length; j++) {
      next[j] -= length * direction[j];
    }
    return next;
  }

  private double loss(double[] beta, double[] labels, double[] weights) {
    double sum = 0;
    for (int i = 0; i < design.length; i++) {
      double z = logit(beta, i);
      double softplus = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
      sum += weights[i] * (softplus - labels[i] * z);
    }
    for (int j = 0; j < width - 1; j++) {
      sum += beta[j] * beta[j] / 2;
    }
    return sum;
  }

  /** Returns Newton's direction: the Hessian's inverse times the gradient. */
  private double[] direction(double[] beta, double[] labels, double[] weights) {
    double[] gradient = new double[width];
    double[][] hessian = new double[width][width];
    for (int i = 0; i < design.length; i++) {
      double p = 1 / (1 + Math.exp(-logit(beta, i)));
      double slope = weights[i] * (p - labels[i]);
      double curvature = weights[i] * p * (1 - p);
      for (int j = 0; j < width; j++) {
        gradient[j] += slope * design[i][j];
        for (int k = 0; k < width; k++) {
          hessian[j][k] += curvature * design[i][j] * design[i][k];
        }
      }
    }
    for (int j = 0; j < width - 1; j++) {
      gradient[j] += beta[j];
      hessian[j][j] += 1;
    }
    hessian[width - 1][width - 1] += CONVERGED;
    RealMatrix matrix = new Array2DRowRealMatrix(hessian, false);
    return new CholeskyDecomposition(matrix, CONVERGED, 0)
        .getSolver()
        .solve(new ArrayRealVector(gradient, false))
        .toArray();
  }

  private double[] decisions(double[] beta) {
    double[] decisions = new double[design.length];
    for (int i = 0; i < decisions.length; i++) {
      decisions[i] = logit(beta, i) > 0 ? 1 : 0;
    }
    return decisions;
  }

  private double logit(double[] beta, int row) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += beta[j] * design[row][j];
    }
    return sum;
  }
}
