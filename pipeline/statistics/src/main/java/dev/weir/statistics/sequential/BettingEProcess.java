package dev.weir.statistics.sequential;

import java.nio.ByteBuffer;

/**
 * Evidence against "the mean of d is at most 0", for d in [−1, 1], valid at every moment.
 *
 * <p>The wealth of a gambler who splits it evenly over the fixed bets λ = 0.05, 0.10, …, 0.95:
 * {@code E = mean over λ of Π (1 + λ dᵢ)}. Under the hypothesis E is a supermartingale that starts
 * at 1, so {@code P(E ever ≥ 1/α) ≤ α} (Ville), whatever the number of looks. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1093/jrsssb/qkad009">I. Waudby-Smith, A. Ramdas, Estimating
 *     means of bounded random variables by betting, JRSS B 2024</a>
 */
public final class BettingEProcess {
  private static final int BETS = 19;
  private static final double STEP = 0.05;
  private static final int STATE_BYTES = Long.BYTES + BETS * Double.BYTES;

  private final double[] logWealth = new double[BETS];
  private long observations;

  /** Creates a process with E = 1. */
  public BettingEProcess() {
    // all wealth starts at ln 1 = 0
  }

  /**
   * Takes one observation and returns the evidence so far.
   *
   * @throws IllegalArgumentException if {@code d} is not in [−1, 1]
   */
  public double update(double d) {
    observe(d);
    return eValue();
  }

  /** Takes one observation, without the cost of saying what the evidence is. */
  void observe(double d) {
    if (!(d >= -1 && d <= 1)) {
      throw new IllegalArgumentException("d must be in [-1, 1], was " + d);
    }
    for (int i = 0; i < BETS; i++) {
      logWealth[i] += Math.log1p((i + 1) * STEP * d);
    }
    observations++;
  }

  /** Returns the evidence, ≥ 0; 1 before the first observation, infinite where it overflows. */
  public double eValue() {
    double sum = 0;
    for (double each : logWealth) {
      sum += Math.exp(each);
    }
    return sum / BETS;
  }

  /** Returns how many observations were taken. */
  public long observations() {
    return observations;
  }

  /** Returns the whole state, for {@link #fromBytes}. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(STATE_BYTES).putLong(observations);
    for (double each : logWealth) {
      bytes.putDouble(each);
    }
    return bytes.array();
  }

  /**
   * Returns the process whose state was written; it goes on exactly as the original would.
   *
   * @throws IllegalArgumentException if the bytes are no such state
   */
  public static BettingEProcess fromBytes(byte[] bytes) {
    if (bytes.length != STATE_BYTES) {
      throw new IllegalArgumentException(
          "state must have " + STATE_BYTES + " bytes, was " + bytes.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    BettingEProcess process = new BettingEProcess();
    process.observations = in.getLong();
    for (int i = 0; i < BETS; i++) {
      process.logWealth[i] = in.getDouble();
    }
    return process;
  }
}
