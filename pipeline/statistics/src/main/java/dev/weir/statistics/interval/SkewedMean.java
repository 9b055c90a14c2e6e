package dev.weir.statistics.interval;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean, or a difference of means, with Student's t bounds corrected for skewness by Hall's
 * transformation: {@code lower = value − se · g⁻¹(t)}, {@code upper = value − se · g⁻¹(−t)}, where
 * t is the 1 − α quantile and {@code g⁻¹(y) = (3 / A) (∛(1 + A (y − A / 6)) − 1)}, A the skewness
 * of the mean.
 *
 * <p>Losses are skewed: most rows lose little and a few lose much. Student's bounds then miss on
 * one side more often than α says, and the further out the more. Without skewness these are
 * Student's.
 *
 * @param value the mean, or the difference
 * @param standardError its standard error
 * @param degreesOfFreedom n − 1, or Welch–Satterthwaite's for a difference, &gt; 0
 * @param skewness A: third cumulant of the mean over the cube of its standard error; {@code k₃ /
 *     (n² se³)} with the unbiased k-statistic
 * @param n observations
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1992.tb01875.x">P. Hall, On the Removal of
 *     Skewness by Transformation, 1992</a>
 * @see <a href="https://doi.org/10.1080/10485250500039049">X. Zhou, P. Dinh, Nonparametric
 *     Confidence Intervals for the One- and Two-Sample Problems, 2005</a>
 */
public record SkewedMean(
    double value, double standardError, double degreesOfFreedom, double skewness, long n)
    implements Estimate {
  private static final double NEGLIGIBLE = 1e-9;

  /**
   * Returns the mean of a sample.
   *
   * @throws IllegalArgumentException if there are fewer than two
   */
  public static SkewedMean of(double... sample) {
    Moments moments = new Moments();
    for (double each : sample) {
      moments.add(each);
    }
    return moments.estimate();
  }

  /**
   * Returns the mean of a sample, with the spread and the skewness of the sample and of {@code
   * more}: values that it may well have held and by chance does not.
   *
   * @throws IllegalArgumentException if there are fewer than two values in the sample
   */
  public static SkewedMean steadied(double[] sample, double... more) {
    double[] all = Arrays.copyOf(sample, sample.length + more.length);
    System.arraycopy(more, 0, all, sample.length, more.length);
    SkewedMean own = of(sample);
    SkewedMean spread = of(all);
    return new SkewedMean(
        own.value, spread.standardError, own.degreesOfFreedom, spread.skewness, own.n);
  }

  /** Returns a − b of the means of two independent samples. */
  public static SkewedMean difference(SkewedMean a, SkewedMean b) {
    double va = a.standardError * a.standardError;
    double vb = b.standardError * b.standardError;
    double variance = va + vb;
    double se = Math.sqrt(variance);
    double df =
        variance == 0
            ? a.degreesOfFreedom + b.degreesOfFreedom
            : variance * variance / (va * va / a.degreesOfFreedom + vb * vb / b.degreesOfFreedom);
    double third = a.skewness * va * a.standardError - b.skewness * vb * b.standardError;
    double skewness = variance == 0 ? 0 : third / (variance * se);
    return new SkewedMean(a.value - b.value, se, df, skewness, a.n + b.n);
  }

  @Override
  public double lower(double alpha) {
    return value - standardError * transformed(quantile(alpha));
  }

  @Override
  public double upper(double alpha) {
    return value - standardError * transformed(-quantile(alpha));
  }

  private double transformed(double y) {
    return Math.abs(skewness) < NEGLIGIBLE
        ? y
        : 3 / skewness * (Math.cbrt(1 + skewness * (y - skewness / 6)) - 1);
  }

  private double quantile(double alpha) {
    return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability(alpha);
  }

  @Override
  public SkewedMean projected(double factor) {
    return new SkewedMean(
        value,
        standardError / Math.sqrt(factor),
        degreesOfFreedom * factor,
        skewness / Math.sqrt(factor),
        Math.round(n * factor));
  }
}
