package dev.weir.model.explain.shapley;

import dev.weir.model.explain.Background;
import dev.weir.model.network.DenseNetwork;

/*
 * Idea: a coalition's row is the background row b with the features in S taken from x. Its sums of
 * the first layer are  base(b) + Σ_{j∈S} d_j(b),  where d_j(b) is what feature j of x adds less what
 * that of b adds. Gray code visits all 2^F coalitions so that neighbours differ in one feature: one
 * addition of d_j per hidden unit instead of a matrix product.
 *
 * Layout: one block of background rows at a time, rows innermost.
 *
 *   sums[h][n]      the block's sums, updated in place
 *   change[j][h][n] d_j of the block
 *
 * Additions in place round: every 64th coalition the sums are built anew from base and changes, so
 * the error stays that of a sum of at most F + 64 terms.
 *
 * Cost: 2^F · B · (H + the layers behind).
 */

/** The value function of a network whose weights are known, by Gray code. */
final class NetworkCoalitions implements Coalitions {
  private static final int BLOCK_ROWS = 128;
  private static final int ANEW_EVERY = 64;

  private final DenseNetwork network;
  private final Background background;
  private final double[][][] ofBackground;

  NetworkCoalitions(DenseNetwork network, Background background) {
    this.network = network;
    this.background = background;
    this.ofBackground = new double[background.size()][][];
    for (int b = 0; b < ofBackground.length; b++) {
      ofBackground[b] = network.contributions(background.row(b));
    }
  }

  @Override
  public double[][] values(double[] row) {
    double[][] ofRow = network.contributions(row);
    double[][] values = new double[1 << background.features()][network.outputs()];
    int capacity = Math.min(BLOCK_ROWS, background.size());
    Block block = new Block(capacity);
    for (int start = 0; start < background.size(); start += capacity) {
      block.load(ofRow, start, Math.min(capacity, background.size() - start));
      block.addTo(values);
    }
    for (double[] value : values) {
      for (int c = 0; c < value.length; c++) {
        value[c] /= background.size();
      }
    }
    return values;
  }

  /** Some background rows and the coalition they stand at. */
  private final class Block {
    private final DenseNetwork.Pass pass;
    private final double[][] base;
    private final double[][] sums;
    private final double[][][] change;
    private int rows;

    Block(int capacity) {
      pass = network.pass(capacity);
      base = new double[network.firstWidth()][capacity];
      sums = new double[network.firstWidth()][capacity];
      change = new double[background.features()][network.firstWidth()][capacity];
    }

    void load(double[][] ofRow, int start, int size) {
      rows = size;
      double[] bias = network.firstBias();
      for (int h = 0; h < bias.length; h++) {
        for (int n = 0; n < size; n++) {
          double sum = bias[h];
          for (int j = 0; j < change.length; j++) {
            double absent = ofBackground[start + n][j][h];
            sum += absent;
            change[j][h][n] = ofRow[j][h] - absent;
          }
          base[h][n] = sum;
        }
      }
    }

    void addTo(double[][] values) {
      for (int step = 0; step < values.length; step++) {
        int mask = step ^ step >> 1;
        if (step % ANEW_EVERY == 0) {
          buildAnew(mask);
        } else {
          int flipped = Integer.numberOfTrailingZeros(step);
          add(change[flipped], (mask >> flipped & 1) == 1 ? 1 : -1);
        }
        addOutputs(pass.ofFirstSums(sums, rows), values[mask]);
      }
    }

    private void buildAnew(int mask) {
      for (int h = 0; h < sums.length; h++) {
        System.arraycopy(base[h], 0, sums[h], 0, rows);
      }
      for (int j = 0; j < change.length; j++) {
        if ((mask >> j & 1) == 1) {
          add(change[j], 1);
        }
      }
    }

    private void add(double[][] step, double sign) {
      for (int h = 0; h < sums.length; h++) {
        double[] sum = sums[h];
        double[] each = step[h];
        for (int n = 0; n < rows; n++) {
          sum[n] += sign * each[n];
        }
      }
    }

    private void addOutputs(double[][] outputs, double[] value) {
      for (int c = 0; c < value.length; c++) {
        double sum = 0;
        for (int n = 0; n < rows; n++) {
          sum += outputs[c][n];
        }
        value[c] += sum;
      }
    }
  }
}
