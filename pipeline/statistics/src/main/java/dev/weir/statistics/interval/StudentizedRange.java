package dev.weir.statistics.interval;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The range of k independent standard normals: {@code P(R ≤ q) = k ∫ φ(z) (Φ(z) − Φ(z − q))^(k−1)
 * dz}, the studentized range with infinitely many degrees of freedom.
 *
 * @see <a href="https://doi.org/10.1214/aos/1176346392">A. J. Hayter, A Proof of the Conjecture
 *     that the Tukey–Kramer Multiple Comparisons Procedure is Conservative, 1984</a>
 */
final class StudentizedRange {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);
  private static final double REACH = 8;
  private static final int STEPS = 160;
  private static final int BISECTIONS = 40;
  private static final Map<Key, Double> KNOWN = new ConcurrentHashMap<>();

  private record Key(int estimates, double alpha) {}

  private StudentizedRange() {}

  /**
   * Returns the one-sided level of each bound that makes the bounds of all differences between k
   * estimates hold together: {@code 1 − Φ(q / √2)}, q the 1 − α quantile of the range. Exact for
   * equal standard errors, conservative for others.
   *
   * @param k estimates; for 2 it is α / 2
   */
  static double level(int k, double alpha) {
    return k <= 2 ? alpha / 2 : KNOWN.computeIfAbsent(new Key(k, alpha), StudentizedRange::solve);
  }

  private static double solve(Key key) {
    double low = 0;
    double high = 2 * REACH;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (probability(key.estimates(), middle) < 1 - key.alpha()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return STANDARD.survivalProbability(high / Math.sqrt(2));
  }

  /** Returns P(R ≤ q), by the trapezoidal rule, which converges fast where the ends vanish. */
  static double probability(int k, double q) {
    double step = (2 * REACH + q) / STEPS;
    double sum = 0;
    for (int i = 1; i < STEPS; i++) {
      double z = -REACH + i * step;
      double inside = STANDARD.cumulativeProbability(z) - STANDARD.cumulativeProbability(z - q);
      sum += STANDARD.density(z) * Math.pow(inside, k - 1.0);
    }
    return k * sum * step;
  }
}
