package dev.weir.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Rows explained per second of CPU time of this whole process, its collector and compiler included.
 *
 * @param median over the repetitions
 * @param lowest of the repetitions
 * @param highest of the repetitions
 */
record CpuRate(double median, double lowest, double highest) {
  private static final int REPETITIONS = 7;
  private static final double WARM_UP_SECONDS = 3;
  private static final double REPETITION_SECONDS = 1.5;
  private static final double NANOS = 1e9;

  static CpuRate of(RowExplainer explainer, double[][] rows) {
    measure(explainer, rows, WARM_UP_SECONDS);
    double[] rates = new double[REPETITIONS];
    for (int r = 0; r < rates.length; r++) {
      rates[r] = measure(explainer, rows, REPETITION_SECONDS);
    }
    Arrays.sort(rates);
    return new CpuRate(rates[REPETITIONS / 2], rates[0], rates[REPETITIONS - 1]);
  }

  private static double measure(RowExplainer explainer, double[][] rows, double seconds) {
    double begin = cpuSeconds();
    double spent;
    long explained = 0;
    do {
      for (double[] row : rows) {
        explainer.explain(row);
      }
      explained += rows.length;
      spent = cpuSeconds() - begin;
    } while (spent < seconds);
    return explained / spent;
  }

  private static double cpuSeconds() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os) {
      return os.getProcessCpuTime() / NANOS;
    }
    throw new IllegalStateException("this JVM does not tell its CPU time");
  }
}
