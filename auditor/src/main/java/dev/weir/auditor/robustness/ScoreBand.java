package dev.weir.auditor.robustness;

import dev.weir.contracts.digest.Sha256;
import java.nio.ByteBuffer;

/**
 * The lowest and the highest score that each row was seen to take under a disturbance, the
 * undisturbed score among them. All figures of an attack follow from it, so it is what is stored.
 * Not thread-safe.
 */
public final class ScoreBand {
  private final double[] base;
  private final double[] low;
  private final double[] high;

  /** Creates the band of the undisturbed scores alone. */
  ScoreBand(double[] base) {
    this(base, base, base);
  }

  /**
   * Creates a band as it was stored.
   *
   * @param base undisturbed scores, shape [N]
   * @param low lowest scores, shape [N], each at most the undisturbed one
   * @param high highest scores, shape [N]
   */
  public ScoreBand(double[] base, double[] low, double[] high) {
    this.base = base.clone();
    this.low = low.clone();
    this.high = high.clone();
  }

  /** Widens the band to other scores of the same rows; one that is no number may be anything. */
  void include(double[] scores) {
    for (int i = 0; i < low.length; i++) {
      boolean isNumber = !Double.isNaN(scores[i]);
      low[i] = Math.min(low[i], isNumber ? scores[i] : 0);
      high[i] = Math.max(high[i], isNumber ? scores[i] : 1);
    }
  }

  /** Returns the number of rows. */
  public int size() {
    return base.length;
  }

  /** Returns the undisturbed score of a row. */
  public double base(int row) {
    return base[row];
  }

  /** Returns the lowest score of a row. */
  public double low(int row) {
    return low[row];
  }

  /** Returns the highest score of a row. */
  public double high(int row) {
    return high[row];
  }

  /** Returns the greatest distance of a row's score from its undisturbed one. */
  double change(int row) {
    return Math.max(base[row] - low[row], high[row] - base[row]);
  }

  /** Returns the sha256 (hex) of base, low and high, row by row, as big-endian doubles. */
  public String digest() {
    ByteBuffer bytes = ByteBuffer.allocate(3 * Double.BYTES * base.length);
    for (int i = 0; i < base.length; i++) {
      bytes.putDouble(base[i]).putDouble(low[i]).putDouble(high[i]);
    }
    return Sha256.hex(bytes.array());
  }
}
