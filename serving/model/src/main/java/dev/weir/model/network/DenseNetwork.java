package dev.weir.model.network;

import dev.weir.model.explain.Predictor;
import java.util.Collections;
import java.util.List;

/**
 * A network of dense layers whose weights are known, in double precision: F features, each encoded
 * to a block of values, D values in all, then layers to C outputs. Immutable, thread-safe.
 */
public final class DenseNetwork implements Predictor {
  private static final int CHUNK = 256;

  private final List<FeatureEncoding> encodings;
  private final List<DenseLayer> layers;
  private final int[] blockStarts;
  private final double[][] firstByInput;

  private DenseNetwork(List<FeatureEncoding> encodings, List<DenseLayer> layers) {
    this.encodings = List.copyOf(encodings);
    this.layers = List.copyOf(layers);
    this.blockStarts = new int[encodings.size() + 1];
    for (int j = 0; j < encodings.size(); j++) {
      blockStarts[j + 1] = blockStarts[j] + encodings.get(j).width();
    }
    this.firstByInput = layers.get(0).byInput();
  }

  /**
   * Returns a network.
   *
   * @param encodings one per feature; their widths add up to the first layer's inputs
   * @param layers at least one, each taking what the one before gives
   * @throws IllegalArgumentException if the widths do not agree
   */
  public static DenseNetwork of(List<FeatureEncoding> encodings, List<DenseLayer> layers) {
    int width = encodings.stream().mapToInt(FeatureEncoding::width).sum();
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs a layer");
    }
    for (int l = 0; l < layers.size(); l++) {
      if (layers.get(l).in() != width) {
        throw new IllegalArgumentException(
            "layer " + l + " must take " + width + " values, takes " + layers.get(l).in());
      }
      width = layers.get(l).out();
    }
    return new DenseNetwork(encodings, layers);
  }

  /** Returns a network whose features enter the first layer as they are. */
  public static DenseNetwork of(List<DenseLayer> layers) {
    int width = layers.isEmpty() ? 0 : layers.get(0).in();
    return of(Collections.nCopies(width, FeatureEncoding.Numeric.RAW), layers);
  }

  /** Returns the number of features, F. */
  public int features() {
    return encodings.size();
  }

  /** Returns the number of outputs, C. */
  public int outputs() {
    return layers.get(layers.size() - 1).out();
  }

  /** Returns the first layer's width, H. */
  public int firstWidth() {
    return layers.get(0).out();
  }

  /** Returns the first layer's bias, shape [H]. */
  public double[] firstBias() {
    double[] bias = new double[firstWidth()];
    for (int h = 0; h < bias.length; h++) {
      bias[h] = layers.get(0).bias(h);
    }
    return bias;
  }

  /**
   * Returns what each feature of a row adds to the sums of the first layer, shape [F, H]: the sums
   * are the bias plus the sum over features.
   */
  public double[][] contributions(double[] row) {
    double[] encoded = encode(row);
    double[][] contributions = new double[features()][firstWidth()];
    for (int j = 0; j < features(); j++) {
      for (int d = blockStarts[j]; d < blockStarts[j + 1]; d++) {
        addFirst(contributions[j], d, encoded[d]);
      }
    }
    return contributions;
  }

  /** Adds what an encoded value gives to the first sums; most of a one-hot block is zero. */
  private void addFirst(double[] sums, int d, double encoded) {
    double[] weights = firstByInput[d];
    for (int h = 0; encoded != 0 && h < sums.length; h++) {
      sums[h] += weights[h] * encoded;
    }
  }

  /** Returns the row's blocks, one after the other, shape [D]. */
  public double[] encode(double[] row) {
    if (row.length != features()) {
      throw new IllegalArgumentException(
          "a row must have " + features() + " values, has " + row.length);
    }
    double[] encoded = new double[blockStarts[features()]];
    for (int j = 0; j < row.length; j++) {
      encodings.get(j).encode(row[j], encoded, blockStarts[j]);
    }
    return encoded;
  }

  /** Returns values per encoded position, shape [D], summed over each feature's block: [F]. */
  public double[] sumByFeature(double[] values) {
    double[] sums = new double[features()];
    for (int j = 0; j < sums.length; j++) {
      for (int d = blockStarts[j]; d < blockStarts[j + 1]; d++) {
        sums[j] += values[d];
      }
    }
    return sums;
  }

  @Override
  public double[][] score(double[][] rows) {
    Pass pass = new Pass(Math.min(CHUNK, rows.length));
    double[][] scores = new double[rows.length][outputs()];
    for (int start = 0; start < rows.length; start += CHUNK) {
      int size = Math.min(CHUNK, rows.length - start);
      double[][] sums = new double[firstWidth()][size];
      for (int n = 0; n < size; n++) {
        firstSums(encode(rows[start + n]), sums, n);
      }
      double[][] outputs = pass.ofFirstSums(sums, size);
      for (int n = 0; n < size; n++) {
        for (int c = 0; c < outputs.length; c++) {
          scores[start + n][c] = outputs[c][n];
        }
      }
    }
    return scores;
  }

  /** Returns the outputs of an encoded row, shape [D] to [C]. */
  public double[] ofEncoded(double[] encoded) {
    double[][] outputs = new Pass(1).ofEncoded(encoded);
    double[] scores = new double[outputs.length];
    for (int c = 0; c < scores.length; c++) {
      scores[c] = outputs[c][0];
    }
    return scores;
  }

  /**
   * Returns the derivative of each output by each encoded value, shape [C, D].
   *
   * @param encoded shape [D]
   */
  public double[][] jacobian(double[] encoded) {
    Pass pass = new Pass(1);
    pass.ofEncoded(encoded);
    double[][] jacobian = new double[outputs()][];
    for (int c = 0; c < jacobian.length; c++) {
      double[] gradient = new double[outputs()];
      gradient[c] = 1;
      for (int l = layers.size() - 1; l >= 0; l--) {
        layers.get(l).activation().backward(pass.activated(l), gradient);
        gradient = layers.get(l).transposed(gradient);
      }
      jacobian[c] = gradient;
    }
    return jacobian;
  }

  /** Writes the sums of the first layer of an encoded row to column {@code n} of [H, N]. */
  private void firstSums(double[] encoded, double[][] sums, int n) {
    double[] row = firstBias();
    for (int d = 0; d < encoded.length; d++) {
      addFirst(row, d, encoded[d]);
    }
    for (int h = 0; h < row.length; h++) {
      sums[h][n] = row[h];
    }
  }

  /** Returns the buffers for evaluations of up to {@code capacity} rows at a time. */
  public Pass pass(int capacity) {
    return new Pass(capacity);
  }

  /** Forward passes that reuse their buffers. Not thread-safe. */
  public final class Pass {
    private final double[][][] buffers;

    private Pass(int capacity) {
      buffers = new double[layers.size()][][];
      for (int l = 0; l < buffers.length; l++) {
        buffers[l] = new double[layers.get(l).out()][capacity];
      }
    }

    /**
     * Returns the outputs, shape [C, N], of rows whose sums of the first layer are known. The
     * result is overwritten by the next call.
     *
     * @param sums of the first layer, shape [H, N]; not changed
     * @param rows N, at most the capacity
     */
    public double[][] ofFirstSums(double[][] sums, int rows) {
      for (int h = 0; h < sums.length; h++) {
        System.arraycopy(sums[h], 0, buffers[0][h], 0, rows);
      }
      layers.get(0).activation().apply(buffers[0], rows);
      for (int l = 1; l < buffers.length; l++) {
        layers.get(l).sums(buffers[l - 1], rows, buffers[l]);
        layers.get(l).activation().apply(buffers[l], rows);
      }
      return buffers[buffers.length - 1];
    }

    private double[][] ofEncoded(double[] encoded) {
      double[][] sums = new double[firstWidth()][1];
      firstSums(encoded, sums, 0);
      return ofFirstSums(sums, 1);
    }

    /** The activations of layer {@code l} of the only row. */
    private double[] activated(int l) {
      double[] activated = new double[buffers[l].length];
      for (int k = 0; k < activated.length; k++) {
        activated[k] = buffers[l][k][0];
      }
      return activated;
    }
  }
}
