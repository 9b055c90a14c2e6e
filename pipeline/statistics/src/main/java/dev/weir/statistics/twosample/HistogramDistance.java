package dev.weir.statistics.twosample;

/**
 * Distances between two histograms over the same bins. Both take counts per bin, shape [bins], each
 * ≥ 0 and at least one &gt; 0, and throw {@link IllegalArgumentException} otherwise.
 */
public final class HistogramDistance {
  /** The share an emptier bin is lifted to in the population stability index. */
  public static final double PSI_FLOOR = 1e-4;

  private HistogramDistance() {}

  /**
   * Returns the population stability index, {@code Σ (cᵢ − rᵢ) · ln(cᵢ / rᵢ)} in nats, ≥ 0.
   *
   * <p>Shares below {@link #PSI_FLOOR} are lifted to it and not normalized again. The number
   * depends on the bins: name their rule beside it (as {@link QuantileBins}). Under no drift its
   * expectation is about {@code (bins − 1)(1/n + 1/m)}, which is not small with many bins.
   *
   * @see <a href="https://doi.org/10.1002/9781119201731">N. Siddiqi, Credit Risk Scorecards,
   *     2006</a>
   */
  public static double populationStability(long[] reference, long[] current) {
    Samples.requireSameBins(reference, current);
    double[] r = Samples.shares("reference", reference);
    double[] c = Samples.shares("current", current);
    double sum = 0;
    for (int i = 0; i < r.length; i++) {
      double expected = Math.max(r[i], PSI_FLOOR);
      double actual = Math.max(c[i], PSI_FLOOR);
      sum += (actual - expected) * Math.log(actual / expected);
    }
    return sum;
  }

  /**
   * Returns about what {@link #populationStability} gives when both samples come from the same
   * distribution, {@code (K − 1)(1/n + 1/m)} in nats: PSI is then distributed as {@code (1/n + 1/m)
   * χ²} with K − 1 degrees of freedom. K is the number of bins that hold a value on either side, n
   * and m are the sums. Good from about five values per bin on; with fewer, chance alone gives
   * more.
   *
   * @see <a href="https://scholarworks.wmich.edu/dissertations/3208">B. Yurdakul, Statistical
   *     Properties of Population Stability Index, 2018</a>
   */
  public static double expectedPopulationStability(long[] reference, long[] current) {
    Samples.requireSameBins(reference, current);
    int bins = 0;
    double n = 0;
    double m = 0;
    for (int i = 0; i < reference.length; i++) {
      bins += reference[i] > 0 || current[i] > 0 ? 1 : 0;
      n += reference[i];
      m += current[i];
    }
    return (bins - 1) * (1 / n + 1 / m);
  }

  /**
   * Returns the Jensen–Shannon distance to base 2, {@code √(½ KL(r‖m) + ½ KL(c‖m))} with {@code m =
   * (r + c)/2}, in [0, 1]. No floor: an empty bin adds 0.
   *
   * @see <a href="https://doi.org/10.1109/TIT.2003.813506">D. Endres, J. Schindelin, A New Metric
   *     for Probability Distributions, 2003</a>
   */
  public static double jensenShannon(long[] reference, long[] current) {
    Samples.requireSameBins(reference, current);
    double[] r = Samples.shares("reference", reference);
    double[] c = Samples.shares("current", current);
    double nats = 0;
    for (int i = 0; i < r.length; i++) {
      double middle = (r[i] + c[i]) / 2;
      nats += entropyTerm(r[i], middle) / 2 + entropyTerm(c[i], middle) / 2;
    }
    return Math.sqrt(Math.max(0, nats / Math.log(2)));
  }

  private static double entropyTerm(double p, double q) {
    return p == 0 ? 0 : p * Math.log(p / q);
  }
}
