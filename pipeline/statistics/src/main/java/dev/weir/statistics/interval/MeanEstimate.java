package dev.weir.statistics.interval;

/**
 * A mean, or a difference of means, with Student's t bounds {@code value ± t(1 − α; df) · se}.
 *
 * @param value the mean, or the difference
 * @param standardError its standard error
 * @param degreesOfFreedom n − 1, or Welch–Satterthwaite's for a difference, &gt; 0
 * @param n observations
 */
public record MeanEstimate(double value, double standardError, double degreesOfFreedom, long n)
    implements Estimate {
  /**
   * Returns the mean of {@code samples}, with the sample standard deviation over √n.
   *
   * @throws IllegalArgumentException if there are fewer than two
   */
  public static MeanEstimate of(double... samples) {
    requireTwo(samples);
    return new MeanEstimate(
        mean(samples),
        Math.sqrt(variance(samples) / samples.length),
        samples.length - 1.0,
        samples.length);
  }

  /**
   * Returns mean(a) − mean(b) of two independent samples (Welch).
   *
   * @throws IllegalArgumentException if either has fewer than two
   */
  public static MeanEstimate difference(double[] a, double[] b) {
    return difference(of(a), of(b));
  }

  /** Returns a − b of the means of two independent samples (Welch). */
  public static MeanEstimate difference(MeanEstimate a, MeanEstimate b) {
    double va = a.standardError * a.standardError;
    double vb = b.standardError * b.standardError;
    double se2 = va + vb;
    double df =
        se2 == 0
            ? a.degreesOfFreedom + b.degreesOfFreedom
            : se2 * se2 / (va * va / a.degreesOfFreedom + vb * vb / b.degreesOfFreedom);
    return new MeanEstimate(a.value - b.value, Math.sqrt(se2), df, a.n + b.n);
  }

  @Override
  public double lower(double alpha) {
    return value - quantile(alpha) * standardError;
  }

  @Override
  public double upper(double alpha) {
    return value + quantile(alpha) * standardError;
  }

  @Override
  public MeanEstimate projected(double factor) {
    return new MeanEstimate(
        value,
        standardError / Math.sqrt(factor),
        degreesOfFreedom * factor,
        Math.round(n * factor));
  }

  private double quantile(double alpha) {
    return StudentQuantile.upper(degreesOfFreedom, alpha);
  }

  private static void requireTwo(double[] samples) {
    if (samples.length < 2) {
      throw new IllegalArgumentException("need at least 2 samples, was " + samples.length);
    }
  }

  private static double mean(double[] samples) {
    double sum = 0;
    for (double each : samples) {
      sum += each;
    }
    return sum / samples.length;
  }

  private static double variance(double[] samples) {
    double mean = mean(samples);
    double sum = 0;
    for (double each : samples) {
      sum += (each - mean) * (each - mean);
    }
    return sum / (samples.length - 1);
  }
}
