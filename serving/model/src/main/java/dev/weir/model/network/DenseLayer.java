package dev.weir.model.network;

import java.util.Arrays;

/**
 * One dense layer, {@code h = activation(W h + b)}. Immutable.
 *
 * @see DenseNetwork
 */
public final class DenseLayer {
  private final double[][] weight;
  private final double[] bias;
  private final Activation activation;

  private DenseLayer(double[][] weight, double[] bias, Activation activation) {
    this.weight = weight;
    this.bias = bias;
    this.activation = activation;
  }

  /**
   * Returns a layer.
   *
   * @param weight shape [out, in], both ≥ 1
   * @param bias shape [out]
   * @throws IllegalArgumentException if the shapes do not agree
   */
  public static DenseLayer of(double[][] weight, double[] bias, Activation activation) {
    if (weight.length == 0 || weight[0].length == 0 || weight.length != bias.length) {
      throw new IllegalArgumentException(
          "weight [out, in] and bias [out] must agree and not be empty, had "
              + weight.length
              + " rows of weight and "
              + bias.length
              + " of bias");
    }
    double[][] copy = new double[weight.length][];
    for (int k = 0; k < weight.length; k++) {
      if (weight[k].length != weight[0].length) {
        throw new IllegalArgumentException(
            "row "
                + k
                + " of weight must have "
                + weight[0].length
                + " values, has "
                + weight[k].length);
      }
      copy[k] = weight[k].clone();
    }
    return new DenseLayer(copy, bias.clone(), activation);
  }

  /** Returns the number of values it takes. */
  public int in() {
    return weight[0].length;
  }

  /** Returns the number of values it gives. */
  public int out() {
    return weight.length;
  }

  Activation activation() {
    return activation;
  }

  double bias(int k) {
    return bias[k];
  }

  /** Returns the weights by input, shape [in, out]. */
  double[][] byInput() {
    double[][] transposed = new double[in()][out()];
    for (int k = 0; k < out(); k++) {
      for (int i = 0; i < in(); i++) {
        transposed[i][k] = weight[k][i];
      }
    }
    return transposed;
  }

  DenseLayer with(Activation other) {
    return new DenseLayer(weight, bias, other);
  }

  /** Returns this layer's linear part with another linear layer before it. */
  DenseLayer after(DenseLayer first) {
    double[][] product = new double[out()][first.in()];
    double[] shifted = bias.clone();
    for (int k = 0; k < out(); k++) {
      for (int h = 0; h < in(); h++) {
        double w = weight[k][h];
        shifted[k] += w * first.bias[h];
        for (int i = 0; w != 0 && i < first.in(); i++) {
          product[k][i] += w * first.weight[h][i];
        }
      }
    }
    return new DenseLayer(product, shifted, activation);
  }

  /** Returns {@code Wᵀ g}, shape [in]. */
  double[] transposed(double[] gradient) {
    double[] result = new double[in()];
    for (int k = 0; k < gradient.length; k++) {
      for (int i = 0; i < result.length; i++) {
        result[i] += weight[k][i] * gradient[k];
      }
    }
    return result;
  }

  /** Writes {@code W h + b}, shape [out, N], of {@code inputs}, shape [in, N], to {@code sums}. */
  void sums(double[][] inputs, int rows, double[][] sums) {
    for (int k = 0; k < weight.length; k++) {
      double[] sum = sums[k];
      double[] w = weight[k];
      Arrays.fill(sum, 0, rows, bias[k]);
      int i = 0;
      for (; i + 3 < w.length; i += 4) {
        addFour(sum, inputs, w, i, rows);
      }
      for (; i < w.length; i++) {
        double each = w[i];
        double[] input = inputs[i];
        for (int n = 0; n < rows; n++) {
          sum[n] += each * input[n];
        }
      }
    }
  }

  /** Four inputs at a time: a fourth of the loads and stores of the sums. */
  private static void addFour(double[] sum, double[][] inputs, double[] w, int i, int rows) {
    double w0 = w[i];
    double w1 = w[i + 1];
    double w2 = w[i + 2];
    double w3 = w[i + 3];
    double[] i0 = inputs[i];
    double[] i1 = inputs[i + 1];
    double[] i2 = inputs[i + 2];
    double[] i3 = inputs[i + 3];
    for (int n = 0; n < rows; n++) {
      sum[n] += w0 * i0[n] + w1 * i1[n] + w2 * i2[n] + w3 * i3[n];
    }
  }
}
