package dev.weir.statistics.multiple;

/**
 * A level that is spent over a series of tests of unknown length: the k-th gets {@code α · 6 / (π²
 * k²)}, and all together get α, as {@code Σ 1/k² = π²/6}. By the union bound the chance of any
 * false rejection in the series is at most α, whatever the dependence between the tests.
 *
 * @see <a href="https://doi.org/10.1111/j.1467-9868.2007.00643.x">D. Foster, R. Stine, α-investing,
 *     JRSS B 2008, section 3, on spending without a return</a>
 */
public final class SpentLevel {
  private static final double SUM = Math.PI * Math.PI / 6;

  private SpentLevel() {}

  /**
   * Returns the level of the k-th test.
   *
   * @param alpha the level of the series, in (0, 1)
   * @param k the test's number, from 1
   */
  public static double of(double alpha, long k) {
    if (!(alpha > 0 && alpha < 1) || k < 1) {
      throw new IllegalArgumentException(
          "need alpha in (0, 1) and k >= 1, was " + alpha + " and " + k);
    }
    return alpha / (SUM * k * k);
  }
}
