package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * A proportion of weighted rows, or of a number of rows that need not be whole, with Wilson's score
 * bounds on the effective number of rows.
 *
 * <p>That number is the smaller of Kish's {@code (Σw)² / Σw²} and of what the linearized variance
 * {@code v = Σ w²(y − p)² / (Σw)²} is worth, {@code p(1 − p) / v}. Equal weights, whatever their
 * size, give the rows themselves, and so Wilson's plain bounds. Simulated coverage at 95 % with
 * weights from 0.5 to 3, rates 0.1 to 0.8: 95.0–96.6 % for 30 rows, 95.0–95.5 % for 200; where the
 * weight hangs together with the outcome and 30 rows hold three of it, 92 %.
 *
 * @param value the share, in [0, 1]
 * @param effectiveRows what the rows are worth, &gt; 0
 * @param n rows
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">E. B. Wilson, Probable Inference,
 *     1927</a>
 * @see <a href="https://doi.org/10.1002/9781118150504">E. L. Korn, B. I. Graubard, Analysis of
 *     Health Surveys, 1999, on bounds by an effective sample size</a>
 */
public record EffectiveProportion(double value, double effectiveRows, long n) implements Estimate {
  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  public EffectiveProportion {
    if (!(value >= 0 && value <= 1 && effectiveRows > 0)) {
      throw new IllegalArgumentException(
          "need a share in [0, 1] of more than 0 rows, was " + value + " of " + effectiveRows);
    }
  }

  /**
   * Returns the share of weighted rows.
   *
   * @param weight sum of the weights of the rows that count, ≥ 0
   * @param squares sum of their squares
   * @param otherWeight sum of the weights of the rows that do not; both together &gt; 0
   * @param otherSquares sum of their squares
   * @param n rows
   */
  public static EffectiveProportion weighted(
      double weight, double squares, double otherWeight, double otherSquares, long n) {
    double total = weight + otherWeight;
    double p = weight / total;
    double kish = total * total / (squares + otherSquares);
    double variance = (squares * (1 - p) * (1 - p) + otherSquares * p * p) / (total * total);
    double worth = variance > 0 ? p * (1 - p) / variance : kish;
    return new EffectiveProportion(p, Math.min(kish, worth), n);
  }

  static double z(double alpha) {
    return STANDARD.inverseSurvivalProbability(alpha);
  }

  static double wilson(double p, double n, double z) {
    double z2 = z * z / n;
    return (p + z2 / 2 + z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n))) / (1 + z2);
  }

  @Override
  public double standardError() {
    return Math.sqrt(value * (1 - value) / effectiveRows);
  }

  @Override
  public double lower(double alpha) {
    return value == 0 ? 0 : wilson(value, effectiveRows, -z(alpha));
  }

  @Override
  public double upper(double alpha) {
    return value == 1 ? 1 : wilson(value, effectiveRows, z(alpha));
  }

  @Override
  public Estimate projected(double factor) {
    return new EffectiveProportion(value, effectiveRows * factor, Math.round(n * factor));
  }
}
