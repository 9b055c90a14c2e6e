package dev.weir.statistics.multiple;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * p-values adjusted for the number of tests: a test is rejected at level α when its adjusted value
 * is at most α. All methods keep the order of the input and refuse values outside [0, 1].
 */
public final class AdjustedPValues {
  private AdjustedPValues() {}

  /**
   * Returns Bonferroni's values, {@code min(1, n p)}; they bound the chance of any false rejection,
   * whatever the dependence, and never by less than {@link #holm}.
   */
  public static double[] bonferroni(double... pValues) {
    int n = ascending(pValues).length;
    return Arrays.stream(pValues).map(p -> Math.min(1, n * p)).toArray();
  }

  /**
   * Returns Holm's values, {@code max over j ≤ i of min(1, (n − j + 1) p₍ⱼ₎)}; they bound the
   * chance of any false rejection, whatever the dependence.
   *
   * @see <a href="https://www.jstor.org/stable/4615733">S. Holm, A Simple Sequentially Rejective
   *     Multiple Test Procedure, 1979</a>
   */
  public static double[] holm(double... pValues) {
    int[] order = ascending(pValues);
    int n = order.length;
    double[] adjusted = new double[n];
    double most = 0;
    for (int i = 0; i < n; i++) {
      most = Math.max(most, Math.min(1, (n - i) * pValues[order[i]]));
      adjusted[order[i]] = most;
    }
    return adjusted;
  }

  /**
   * Returns Benjamini and Hochberg's values, {@code min over j ≥ i of min(1, n p₍ⱼ₎ / j)}; they
   * bound the false discovery rate of independent or positively dependent tests.
   *
   * @see <a href="https://doi.org/10.1111/j.2517-6161.1995.tb02031.x">Y. Benjamini, Y. Hochberg,
   *     Controlling the False Discovery Rate, 1995</a>
   */
  public static double[] benjaminiHochberg(double... pValues) {
    return stepUp(1, pValues);
  }

  /**
   * Returns Benjamini and Yekutieli's values, Benjamini and Hochberg's times {@code Σ 1/i}, at most
   * 1; they bound the false discovery rate whatever the dependence.
   *
   * @see <a href="https://doi.org/10.1214/aos/1013699998">Y. Benjamini, D. Yekutieli, The Control
   *     of the False Discovery Rate in Multiple Testing under Dependency, 2001</a>
   */
  public static double[] benjaminiYekutieli(double... pValues) {
    double harmonic = 0;
    for (int i = 1; i <= pValues.length; i++) {
      harmonic += 1.0 / i;
    }
    return stepUp(harmonic, pValues);
  }

  private static double[] stepUp(double factor, double... pValues) {
    int[] order = ascending(pValues);
    int n = order.length;
    double[] adjusted = new double[n];
    double least = 1;
    for (int i = n - 1; i >= 0; i--) {
      least = Math.min(least, factor * n * pValues[order[i]] / (i + 1));
      adjusted[order[i]] = least;
    }
    return adjusted;
  }

  private static int[] ascending(double[] pValues) {
    for (double p : pValues) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("p-value must be in [0, 1], was " + p);
      }
    }
    return IntStream.range(0, pValues.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> pValues[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
