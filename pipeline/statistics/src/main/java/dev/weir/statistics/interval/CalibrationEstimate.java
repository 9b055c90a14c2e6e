package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The expected calibration error with bounds that know that it is biased: a sum {@code Σ|g_b|} of
 * gaps between mean score and positive rate that is above 0 by chance alone.
 *
 * <p>Of a bin whose gap is less than {@value #CLEAR} standard errors the sign is open. For the
 * lower bound such a bin is taken to be calibrated, and {@code σ_b √(2/π)}, what chance gives it,
 * is taken away; its variance is {@code σ_b² (1 − 2/π)}, σ_b² the larger of that of calibrated
 * scores, {@code Σ w² p(1 − p)}, and of {@code Σ w² (p − y)²}. When all bins are open the quantile
 * is that of α on both sides together, since no upper bound can then fail. For the upper bound the
 * bias of a folded normal at the gap itself is taken away. The bounds are clipped to [0, 1].
 *
 * <p>Simulated coverage at 95 % in ten bins: calibrated scores 98 % for 30 rows, 97 % for 300, 94 %
 * for 3,000; miscalibrated ones 94–99 %.
 *
 * @param value the error, in [0, 1]
 * @param standardError of the linear part
 * @param openBias what chance gives the open bins, ≥ 0
 * @param lowerError standard error for the lower bound
 * @param foldBias bias of the folded normals, ≥ 0
 * @param isOpen whether every bin is open
 * @param n rows
 */
public record CalibrationEstimate(
    double value,
    double standardError,
    double openBias,
    double lowerError,
    double foldBias,
    boolean isOpen,
    long n)
    implements Estimate {
  private static final double CLEAR = 2;

  /** The weight is that of one row, which tells nothing of the spread. */
  private static final double ONE_ROW = 1 - 1e-9;

  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  /**
   * Returns the estimate.
   *
   * @param gaps {@code Σ w (p − y) / Σ w} of each bin over the weight of all bins, shape [bins]
   * @param squares {@code Σ w² (p − y)² / (Σ w)²} likewise
   * @param calibrated {@code Σ w² p (1 − p) / (Σ w)²} likewise
   * @param perRow {@code Σ w² / (Σ w)²} over all rows, 1/n without weights
   * @param n rows
   */
  public static CalibrationEstimate of(
      double[] gaps, double[] squares, double[] calibrated, double perRow, long n) {
    double value = 0;
    double openBias = 0;
    double foldBias = 0;
    double openVariance = 0;
    double clearGap = 0;
    double clearSquares = 0;
    double allSquares = 0;
    boolean isOpen = true;
    for (int b = 0; b < gaps.length; b++) {
      double gap = Math.abs(gaps[b]);
      double variance = Math.max(squares[b], calibrated[b]);
      double deviation = Math.sqrt(variance);
      value += gap;
      allSquares += squares[b];
      if (gap > 0) {
        foldBias += foldBias(gap, deviation);
      }
      if (gap > CLEAR * deviation) {
        isOpen = false;
        clearGap += gap;
        clearSquares += squares[b];
      } else {
        openBias += deviation * Math.sqrt(2 / Math.PI);
        openVariance += variance * (1 - 2 / Math.PI);
      }
    }
    double lowerVariance = openVariance + Math.max(0, clearSquares - clearGap * clearGap * perRow);
    double variance =
        perRow < ONE_ROW
            ? Math.max(0, allSquares - value * value * perRow) / (1 - perRow)
            : Double.POSITIVE_INFINITY;
    return new CalibrationEstimate(
        value, Math.sqrt(variance), openBias, Math.sqrt(lowerVariance), foldBias, isOpen, n);
  }

  /** Returns {@code E|X| − μ} of X ~ N(μ, σ²). */
  private static double foldBias(double mean, double deviation) {
    if (deviation == 0) {
      return 0;
    }
    double t = mean / deviation;
    return deviation * Math.sqrt(2 / Math.PI) * Math.exp(-t * t / 2)
        - 2 * mean * STANDARD.survivalProbability(t);
  }

  @Override
  public double lower(double alpha) {
    double z = STANDARD.inverseSurvivalProbability(isOpen ? Math.min(0.5, 2 * alpha) : alpha);
    return Math.min(value, Math.max(0, value - openBias - z * lowerError));
  }

  @Override
  public double upper(double alpha) {
    double z = STANDARD.inverseSurvivalProbability(alpha);
    return Math.max(value, Math.min(1, value - foldBias + z * standardError));
  }

  @Override
  public Estimate projected(double factor) {
    double shrink = 1 / Math.sqrt(factor);
    return new CalibrationEstimate(
        value,
        standardError * shrink,
        openBias * shrink,
        lowerError * shrink,
        foldBias * shrink,
        isOpen,
        Math.round(n * factor));
  }
}
