package dev.weir.model.network;

/**
 * What a layer applies to its sums. Batches lie with their rows innermost, shape [K, N], so that
 * the inner loops are over rows.
 */
public enum Activation {
  /** The sums themselves. */
  IDENTITY {
    @Override
    void apply(double[][] sums, int rows) {}

    @Override
    void backward(double[] activated, double[] gradient) {}
  },
  /** {@code max(0, z)}; its derivative at 0 is taken as 0. */
  RELU {
    @Override
    void apply(double[][] sums, int rows) {
      for (double[] sum : sums) {
        for (int n = 0; n < rows; n++) {
          sum[n] = Math.max(sum[n], 0);
        }
      }
    }

    @Override
    void backward(double[] activated, double[] gradient) {
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] = activated[k] > 0 ? gradient[k] : 0;
      }
    }
  },
  /** {@code tanh z}, as {@code 1 − 2 / (1 + exp 2z)}: right to 2e-16 and thrice as fast. */
  TANH {
    @Override
    void apply(double[][] sums, int rows) {
      for (double[] sum : sums) {
        for (int n = 0; n < rows; n++) {
          sum[n] = 1 - 2 / (1 + Math.exp(2 * sum[n]));
        }
      }
    }

    @Override
    void backward(double[] activated, double[] gradient) {
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] *= 1 - activated[k] * activated[k];
      }
    }
  },
  /** {@code 1 / (1 + exp −z)}. */
  SIGMOID {
    @Override
    void apply(double[][] sums, int rows) {
      for (double[] sum : sums) {
        for (int n = 0; n < rows; n++) {
          sum[n] = 1 / (1 + Math.exp(-sum[n]));
        }
      }
    }

    @Override
    void backward(double[] activated, double[] gradient) {
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] *= activated[k] * (1 - activated[k]);
      }
    }
  },
  /** {@code exp zₖ / Σ exp z}. */
  SOFTMAX {
    @Override
    void apply(double[][] sums, int rows) {
      for (int n = 0; n < rows; n++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double[] sum : sums) {
          largest = Math.max(largest, sum[n]);
        }
        double total = 0;
        for (double[] sum : sums) {
          sum[n] = Math.exp(sum[n] - largest);
          total += sum[n];
        }
        for (double[] sum : sums) {
          sum[n] /= total;
        }
      }
    }

    @Override
    void backward(double[] activated, double[] gradient) {
      double mean = 0;
      for (int k = 0; k < gradient.length; k++) {
        mean += activated[k] * gradient[k];
      }
      for (int k = 0; k < gradient.length; k++) {
        gradient[k] = activated[k] * (gradient[k] - mean);
      }
    }
  };

  /** Replaces the sums, shape [K, N], by their activations, for the first {@code rows} rows. */
  abstract void apply(double[][] sums, int rows);

  /**
   * Replaces the gradient by the activations by that by the sums, both of shape [K].
   *
   * @param activated what {@link #apply} gave
   */
  abstract void backward(double[] activated, double[] gradient);
}
