package dev.weir.statistics.twosample;

import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The two-sided Kolmogorov–Smirnov test of two samples, {@code D = sup |F − G|}.
 *
 * <p>The p-value is exact up to 10,000 values in the larger sample (the limit of scipy's {@code
 * auto}) and Kolmogorov's limit beyond. With ties it is too large, as the test then is
 * conservative.
 */
public final class KolmogorovSmirnov {
  private static final int EXACT_UP_TO = 10_000;

  private KolmogorovSmirnov() {}

  /** Returns D and its p-value for two samples of at least two finite values. */
  public static TestResult test(double[] reference, double[] current) {
    double[] r = Samples.sorted("reference", reference);
    double[] c = Samples.sorted("current", current);
    boolean isExact = Math.max(r.length, c.length) <= EXACT_UP_TO;
    var found =
        KolmogorovSmirnovTest.withDefaults()
            .with(isExact ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
            .test(r, c);
    return new TestResult(found.getStatistic(), found.getPValue());
  }
}
