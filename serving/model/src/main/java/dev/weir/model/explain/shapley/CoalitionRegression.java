package dev.weir.model.explain.shapley;

import dev.weir.model.explain.Cholesky;
import java.util.ArrayList;
import java.util.List;

/** The regression of coalitions' values on their members, under the constraint that all add up. */
final class CoalitionRegression {
  private final int features;
  private final double[] base;
  private final double[] prediction;
  private final List<Pair> pairs = new ArrayList<>();
  private final double[][] products;

  CoalitionRegression(int features, double[] base, double[] prediction) {
    this.features = features;
    this.base = base;
    this.prediction = prediction;
    this.products = new double[features][features];
  }

  /** A coalition and its complement, with the values of both, shape [C]. */
  private record Pair(boolean[] present, double[] value, double[] complement, double weight) {}

  /**
   * What a fit gives.
   *
   * @param values shape [C, F]
   * @param standardErrors shape [C, F]
   */
  record Fit(double[][] values, double[][] standardErrors) {}

  int pairs() {
    return pairs.size();
  }

  void addPair(boolean[] present, double[] value, double[] complement, double weight) {
    pairs.add(new Pair(present, value, complement, weight));
    for (int i = 0; i < features; i++) {
      for (int j = 0; j < features; j++) {
        products[i][j] += present[i] == present[j] ? weight : 0;
      }
    }
  }

  /** A single feature makes up all of the difference. */
  double[][] onlyFeature() {
    double[][] values = new double[base.length][1];
    for (int c = 0; c < base.length; c++) {
      values[c][0] = prediction[c] - base[c];
    }
    return values;
  }

  Fit fit() {
    double[][] inverse =
        Cholesky.of(products)
            .orElseThrow(() -> new IllegalStateException("too few coalitions were drawn"))
            .inverse();
    double[][] values = new double[base.length][];
    double[][] errors = new double[base.length][];
    for (int c = 0; c < base.length; c++) {
      values[c] = coefficients(inverse, c);
      errors[c] = errors(inverse, values[c], c);
    }
    return new Fit(values, errors);
  }

  private double[] coefficients(double[][] inverse, int c) {
    double[] moments = new double[features];
    for (Pair pair : pairs) {
      for (int j = 0; j < features; j++) {
        double value = pair.present[j] ? pair.value[c] : pair.complement[c];
        moments[j] += pair.weight * (value - base[c]);
      }
    }
    double[] free = times(inverse, moments);
    double[] ones = rowSums(inverse);
    double excess = (sum(free) - (prediction[c] - base[c])) / sum(ones);
    for (int j = 0; j < features; j++) {
      free[j] -= excess * ones[j];
    }
    return free;
  }

  private double[] errors(double[][] inverse, double[] coefficients, int c) {
    double[] ones = rowSums(inverse);
    double all = sum(ones);
    double total = sum(coefficients);
    double[] squares = new double[features];
    for (Pair pair : pairs) {
      double explained = 0;
      for (int j = 0; j < features; j++) {
        explained += pair.present[j] ? coefficients[j] : 0;
      }
      double residual = pair.value[c] - base[c] - explained;
      double ofComplement = pair.complement[c] - base[c] - (total - explained);
      double[] score = new double[features];
      for (int j = 0; j < features; j++) {
        score[j] = pair.weight * (pair.present[j] ? residual : ofComplement);
      }
      double[] moved = times(inverse, score);
      double shift = sum(moved) / all;
      for (int j = 0; j < features; j++) {
        double change = moved[j] - shift * ones[j];
        squares[j] += change * change;
      }
    }
    double correction = pairs.size() / (double) Math.max(1, pairs.size() - features);
    for (int j = 0; j < features; j++) {
      squares[j] = Math.sqrt(squares[j] * correction);
    }
    return squares;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      for (int j = 0; j < vector.length; j++) {
        product[i] += matrix[i][j] * vector[j];
      }
    }
    return product;
  }

  private static double[] rowSums(double[][] matrix) {
    double[] sums = new double[matrix.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sum(matrix[i]);
    }
    return sums;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double each : values) {
      sum += each;
    }
    return sum;
  }
}
