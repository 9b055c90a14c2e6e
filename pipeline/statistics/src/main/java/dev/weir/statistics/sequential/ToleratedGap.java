package dev.weir.statistics.sequential;

import java.nio.ByteBuffer;

/**
 * Evidence against "the means of A and B differ by at most τ", from pairs of outcomes in [0, 1],
 * one of each, valid at every moment.
 *
 * <p>Of each pair, {@code d = (a − b − τ)/(1 + τ)} feeds one {@link BettingEProcess} and {@code (b
 * − a − τ)/(1 + τ)} another; the evidence is the mean of both. Where the difference of the
 * conditional means stays within τ, both are supermartingales that start at 1, and so is their
 * mean: {@code P(E ever ≥ 1/α) ≤ α} (Ville). The means may move with time, as long as they move
 * together. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.48550/arXiv.2305.17570">B. Chugg et al., Auditing Fairness by
 *     Betting, NeurIPS 2023</a>
 */
public final class ToleratedGap {
  private final double tolerance;
  private final BettingEProcess isAMore;
  private final BettingEProcess isBMore;

  private ToleratedGap(double tolerance, BettingEProcess isAMore, BettingEProcess isBMore) {
    this.tolerance = tolerance;
    this.isAMore = isAMore;
    this.isBMore = isBMore;
  }

  /**
   * Returns a process with E = 1.
   *
   * @param tolerance τ, in [0, 1)
   */
  public static ToleratedGap of(double tolerance) {
    return new ToleratedGap(
        requireTolerance(tolerance), new BettingEProcess(), new BettingEProcess());
  }

  private static double requireTolerance(double tolerance) {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException("tolerance must be in [0, 1), was " + tolerance);
    }
    return tolerance;
  }

  /**
   * Takes one pair and returns the evidence so far.
   *
   * @throws IllegalArgumentException if an outcome is not in [0, 1]
   */
  public double update(double a, double b) {
    observe(a, b);
    return eValue();
  }

  /**
   * Takes one pair, without the cost of saying what the evidence is.
   *
   * @throws IllegalArgumentException if an outcome is not in [0, 1]
   */
  public void observe(double a, double b) {
    if (!(a >= 0 && a <= 1 && b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("outcomes must be in [0, 1], were " + a + " and " + b);
    }
    isAMore.observe((a - b - tolerance) / (1 + tolerance));
    isBMore.observe((b - a - tolerance) / (1 + tolerance));
  }

  /** Returns the evidence, ≥ 0; 1 before the first pair, infinite where it overflows. */
  public double eValue() {
    return (isAMore.eValue() + isBMore.eValue()) / 2;
  }

  /** Returns how many pairs were taken. */
  public long pairs() {
    return isAMore.observations();
  }

  /** Returns the whole state but for τ, for {@link #fromBytes}. */
  public byte[] toBytes() {
    byte[] a = isAMore.toBytes();
    byte[] b = isBMore.toBytes();
    return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
  }

  /**
   * Returns the process whose state was written; it goes on exactly as the original would.
   *
   * @throws IllegalArgumentException if the bytes are no such state
   */
  public static ToleratedGap fromBytes(double tolerance, byte[] bytes) {
    byte[] a = new byte[bytes.length / 2];
    byte[] b = new byte[bytes.length - a.length];
    ByteBuffer.wrap(bytes).get(a).get(b);
    return new ToleratedGap(
        requireTolerance(tolerance), BettingEProcess.fromBytes(a), BettingEProcess.fromBytes(b));
  }
}
