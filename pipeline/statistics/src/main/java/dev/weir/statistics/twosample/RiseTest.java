package dev.weir.statistics.twosample;

import org.apache.commons.statistics.distribution.HypergeometricDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/** One-sided tests of "no more than before", and of "no other than before", for counts. */
public final class RiseTest {
  private static final int FEWEST = 3;

  private RiseTest() {}

  /**
   * Returns the chance, with both samples from one distribution, that so many of all successes or
   * more fall into the current sample: Fisher's exact test, one-sided.
   *
   * @param before successes in the reference, 0 ≤ before ≤ n
   * @param n size of the reference, ≥ 1
   * @param now successes in the current sample, 0 ≤ now ≤ m
   * @param m size of the current sample, ≥ 1
   * @return a p-value in (0, 1]
   * @throws IllegalArgumentException if a count is out of range, or n + m exceeds 2³¹ − 1
   */
  public static double rate(long before, long n, long now, long m) {
    if (n < 1 || m < 1 || before < 0 || before > n || now < 0 || now > m) {
      throw new IllegalArgumentException(
          "need counts within their sizes, was " + before + "/" + n + " and " + now + "/" + m);
    }
    if (now == 0) {
      return 1;
    }
    return Math.min(
        1,
        HypergeometricDistribution.of(
                Math.toIntExact(n + m), Math.toIntExact(before + now), Math.toIntExact(m))
            .survivalProbability((int) now - 1));
  }

  /**
   * Returns about the chance that so many current values or more lie outside the range of the
   * reference, with both samples from one continuous distribution: {@code qᵏ (1 + k (1 − q))}, q =
   * m / (n + m).
   *
   * <p>The values above the reference's largest are, from the top of both samples together, all
   * current: so there are at least i of them with chance at most {@code qⁱ}, and likewise below.
   * The sum of two geometric numbers has the tail above. With few values it is a little too large;
   * ties make it larger still, so the test is conservative.
   *
   * @param outside current values outside the range, k ≥ 0
   * @param n size of the reference, ≥ 1
   * @param m size of the current sample, ≥ 1
   */
  public static double outside(long outside, long n, long m) {
    if (outside < 0 || outside > m || n < 1) {
      throw new IllegalArgumentException(
          "need 0 <= outside <= m and n >= 1, was " + outside + ", " + n + ", " + m);
    }
    double q = m / ((double) n + m);
    return Math.min(1, Math.pow(q, outside) * (1 + outside * (1 - q)));
  }

  /**
   * Returns the two-sided p-value of "the next count is like those before", by Student's prediction
   * interval for {@code ln(1 + count)}: {@code t = (x − x̄) / (s √(1 + 1/n))} with n − 1 degrees of
   * freedom. Exact where counts are log-normal; s² is at least {@code 1/(1 + mean count)}, the
   * spread of a Poisson count, so equal counts are not taken for certainty.
   *
   * @param before at least 3 counts, each ≥ 0
   * @param next the next count, ≥ 0
   */
  public static double next(long[] before, long next) {
    if (before.length < FEWEST || next < 0) {
      throw new IllegalArgumentException(
          "need at least 3 counts and next >= 0, was " + before.length + " and " + next);
    }
    int n = before.length;
    double mean = 0;
    double count = 0;
    for (long each : before) {
      mean += Math.log1p(each) / n;
      count += (double) each / n;
    }
    double squares = 0;
    for (long each : before) {
      double away = Math.log1p(each) - mean;
      squares += away * away;
    }
    double variance = Math.max(squares / (n - 1), 1 / (1 + count));
    double t = Math.abs(Math.log1p(next) - mean) / Math.sqrt(variance * (1 + 1.0 / n));
    return Math.min(1, 2 * TDistribution.of(n - 1.0).survivalProbability(t));
  }
}
