package dev.weir.statistics.drift;

import java.util.Arrays;
import java.util.SplittableRandom;

/*
 * The window holds the latest n observations, oldest first. With each new one the latest r are
 * compared with r of the older n - r, drawn anew:
 *
 *   [ older: n - r, of which r are drawn ][ latest r ]
 *
 * Both samples have r values, so D is a multiple of 1/r, and the exact test is one comparison with
 * the least multiple whose p-value is at most alpha.
 */

/**
 * The Kolmogorov–Smirnov windowing method, for numbers in any range: a change when the exact
 * two-sided test of the latest r observations against r drawn without replacement from the older
 * part of the window has a p-value of at most α. After a change the latest r are what is left of
 * the window.
 *
 * <p>The paper's window and sample; as in scikit-multiflow and river the exact p-value stands in
 * place of the paper's bound {@code √(−ln α / r)}. It tests at every observation, at α each, so
 * false alarms come often unless α is far smaller than the usual levels. With ties the test is
 * conservative. Which observations are drawn depends on the seed. O(n + r log r) per observation;
 * not thread-safe.
 *
 * @see <a href="https://doi.org/10.1016/j.neucom.2019.11.111">C. Raab, M. Heusinger, F.-M. Schleif,
 *     Reactive Soft Prototype Computing for Concept Drift Streams, Neurocomputing 2020</a>
 */
public final class Kswin implements DriftDetector {
  private final double[] window;
  private final int recentSize;
  private final int criticalSteps;
  private final long seed;
  private SplittableRandom random;
  private int count;

  /** Creates a detector with scikit-multiflow's defaults: α 0.005, window 100, latest 30. */
  public Kswin(long seed) {
    this(0.005, 100, 30, seed);
  }

  /**
   * Creates a detector.
   *
   * @param alpha level of each test, in (0, 1)
   * @param windowSize n, at least twice {@code recentSize}
   * @param recentSize r, ≥ 1, and large enough that some sample is significant at {@code alpha}
   * @param seed of what is drawn
   */
  public Kswin(double alpha, int windowSize, int recentSize, long seed) {
    HddmW.requireOpenUnit("alpha", alpha);
    if (recentSize < 1 || windowSize < 2L * recentSize) {
      throw new IllegalArgumentException(
          "need recentSize >= 1 and windowSize >= 2 recentSize, was "
              + recentSize
              + " and "
              + windowSize);
    }
    this.window = new double[windowSize];
    this.recentSize = recentSize;
    this.criticalSteps = criticalSteps(alpha, recentSize);
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  private static int criticalSteps(double alpha, int n) {
    for (int steps = 1; steps <= n; steps++) {
      if (pValue(steps, n) <= alpha) {
        return steps;
      }
    }
    throw new IllegalArgumentException(
        "no sample of recentSize " + n + " is significant at alpha " + alpha + "; take more");
  }

  /**
   * Returns {@code P(D ≥ steps/n)} of two samples of n values each without ties, {@code 2 Σⱼ
   * (−1)ʲ⁺¹ C(2n, n − j·steps) / C(2n, n)}.
   *
   * @see <a href="https://doi.org/10.1214/aoms/1177729445">M. Drion, Some Distribution-Free Tests
   *     for the Difference Between Two Empirical Cumulative Distribution Functions, 1952</a>
   */
  static double pValue(int steps, int n) {
    double sum = 0;
    for (int j = 1; j * steps <= n; j++) {
      sum += (j % 2 == 1 ? 2 : -2) * shareOfPaths(j * steps, n);
    }
    return Math.min(1, sum);
  }

  /** Returns C(2n, n − m) / C(2n, n). */
  private static double shareOfPaths(int m, int n) {
    double ratio = 1;
    for (int i = 1; i <= m; i++) {
      ratio *= (double) (n - m + i) / (n + i);
    }
    return ratio;
  }

  @Override
  public boolean update(double x) {
    if (!Double.isFinite(x)) {
      throw new IllegalArgumentException("observation must be finite, was " + x);
    }
    append(x);
    if (count < window.length || steps() < criticalSteps) {
      return false;
    }
    System.arraycopy(window, count - recentSize, window, 0, recentSize);
    count = recentSize;
    return true;
  }

  @Override
  public void reset() {
    count = 0;
    random = new SplittableRandom(seed);
  }

  private void append(double x) {
    if (count == window.length) {
      System.arraycopy(window, 1, window, 0, count - 1);
      count--;
    }
    window[count++] = x + 0.0;
  }

  /** Returns r·D of a drawn sample and the latest observations. */
  private int steps() {
    double[] drawn = draw();
    double[] recent = Arrays.copyOfRange(window, count - recentSize, count);
    Arrays.sort(recent);
    int i = 0;
    int j = 0;
    int most = 0;
    while (i < recentSize && j < recentSize) {
      double at = Math.min(drawn[i], recent[j]);
      while (i < recentSize && drawn[i] == at) {
        i++;
      }
      while (j < recentSize && recent[j] == at) {
        j++;
      }
      most = Math.max(most, Math.abs(i - j));
    }
    return most;
  }

  /** Draws as a shuffle would that is stopped after r places: place i from [i, n − r). */
  private double[] draw() {
    double[] older = Arrays.copyOf(window, window.length - recentSize);
    for (int i = 0; i < recentSize; i++) {
      int j = random.nextInt(i, older.length);
      double swapped = older[i];
      older[i] = older[j];
      older[j] = swapped;
    }
    double[] drawn = Arrays.copyOf(older, recentSize);
    Arrays.sort(drawn);
    return drawn;
  }
}
