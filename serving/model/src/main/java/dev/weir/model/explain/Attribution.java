package dev.weir.model.explain;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contributions of one row's features to each output: {@code prediction ≈ baseValue + Σⱼ
 * valueⱼ}. Immutable.
 */
public final class Attribution {
  private final double[] baseValues;
  private final double[] predictions;
  private final double[][] values;
  private final double @Nullable [][] standardErrors;

  private Attribution(
      double[] baseValues,
      double[] predictions,
      double[][] values,
      double @Nullable [][] standardErrors) {
    this.baseValues = baseValues.clone();
    this.predictions = predictions.clone();
    this.values = copy(values);
    this.standardErrors = standardErrors == null ? null : copy(standardErrors);
    boolean isOneEach =
        baseValues.length == predictions.length && baseValues.length == values.length;
    if (!isOneEach || (standardErrors != null && standardErrors.length != values.length)) {
      throw new IllegalArgumentException(
          "each output needs a base value, a prediction and values, had "
              + baseValues.length
              + ", "
              + predictions.length
              + " and "
              + values.length);
    }
  }

  /**
   * Returns values without a sampling error.
   *
   * @param baseValues shape [C]
   * @param predictions the model's outputs of the row, shape [C]
   * @param values shape [C, F]
   */
  public static Attribution exact(double[] baseValues, double[] predictions, double[][] values) {
    return new Attribution(baseValues, predictions, values, null);
  }

  /**
   * Returns estimated values.
   *
   * @param baseValues shape [C]
   * @param predictions the model's outputs of the row, shape [C]
   * @param values shape [C, F]
   * @param standardErrors of each value, shape [C, F]
   */
  public static Attribution estimated(
      double[] baseValues, double[] predictions, double[][] values, double[][] standardErrors) {
    return new Attribution(baseValues, predictions, values, standardErrors);
  }

  /** Returns the number of outputs, C. */
  public int outputs() {
    return values.length;
  }

  /** Returns what the contributions to {@code output} start from. */
  public double baseValue(int output) {
    return baseValues[output];
  }

  /** Returns the model's own {@code output} of the row. */
  public double prediction(int output) {
    return predictions[output];
  }

  /** Returns the contribution of each feature to {@code output}, shape [F]. */
  public double[] values(int output) {
    return values[output].clone();
  }

  /** Returns the standard error of each contribution, shape [F]; nothing for exact values. */
  public Optional<double[]> standardErrors(int output) {
    return standardErrors == null ? Optional.empty() : Optional.of(standardErrors[output].clone());
  }

  /** Returns {@code prediction − baseValue − Σⱼ valueⱼ}: what the contributions leave open. */
  public double additivityGap(int output) {
    double explained = baseValues[output];
    for (double value : values[output]) {
      explained += value;
    }
    return predictions[output] - explained;
  }

  private static double[][] copy(double[][] given) {
    double[][] copy = new double[given.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = given[i].clone();
    }
    return copy;
  }
}
