package dev.weir.auditor;

import dev.weir.model.explain.Scorer;
import java.util.Arrays;

/** Logistic regression on standardized columns by gradient descent; a missing value is the mean. */
public final class LogisticModel implements Scorer {
  private static final int STEPS = 200;
  private static final double RATE = 1;

  private final double[] means;
  private final double[] deviations;
  private final double[] weights;
  private double bias;

  private LogisticModel(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
    this.weights = new double[means.length];
  }

  /** Returns {@code p = σ(bias + Σ wⱼ xⱼ)} on the columns as they are. */
  public static LogisticModel of(double bias, double... weights) {
    double[] ones = new double[weights.length];
    Arrays.fill(ones, 1);
    LogisticModel model = new LogisticModel(new double[weights.length], ones);
    System.arraycopy(weights, 0, model.weights, 0, weights.length);
    model.bias = bias;
    return model;
  }

  /** Returns the model fitted to rows of labels 0 and 1. */
  public static LogisticModel fit(float[][] rows, double[] labels) {
    int width = rows[0].length;
    double[] means = new double[width];
    double[] deviations = new double[width];
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        means[j] += row[j] / rows.length;
      }
    }
    for (float[] row : rows) {
      for (int j = 0; j < width; j++) {
        deviations[j] += (row[j] - means[j]) * (row[j] - means[j]) / rows.length;
      }
    }
    for (int j = 0; j < width; j++) {
      deviations[j] = Math.max(1e-9, Math.sqrt(deviations[j]));
    }
    LogisticModel model = new LogisticModel(means, deviations);
    for (int step = 0; step < STEPS; step++) {
      model.descend(rows, labels);
    }
    return model;
  }

  private void descend(float[][] rows, double[] labels) {
    double[] gradient = new double[weights.length];
    double biasGradient = 0;
    for (int i = 0; i < rows.length; i++) {
      double error = (probability(rows[i]) - labels[i]) / rows.length;
      biasGradient += error;
      for (int j = 0; j < gradient.length; j++) {
        gradient[j] += error * standardized(rows[i], j);
      }
    }
    bias -= RATE * biasGradient;
    for (int j = 0; j < gradient.length; j++) {
      weights[j] -= RATE * gradient[j];
    }
  }

  @Override
  public double[] score(float[][] rows) {
    double[] scores = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scores[i] = probability(rows[i]);
    }
    return scores;
  }

  private double probability(float[] row) {
    double sum = bias;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * standardized(row, j);
    }
    return 1 / (1 + Math.exp(-sum));
  }

  private double standardized(float[] row, int feature) {
    return Float.isNaN(row[feature]) ? 0 : (row[feature] - means[feature]) / deviations[feature];
  }
}
