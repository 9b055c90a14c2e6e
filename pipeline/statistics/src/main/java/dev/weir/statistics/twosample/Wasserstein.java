package dev.weir.statistics.twosample;

/** The Wasserstein distance of order 1 between two samples of numbers, {@code ∫ |F − G| dx}. */
public final class Wasserstein {
  private Wasserstein() {}

  /**
   * Returns the distance, ≥ 0, in the unit of the values. O((n + m) log(n + m)).
   *
   * @param reference finite values, at least one
   * @param current finite values, at least one
   */
  public static double distance(double[] reference, double[] current) {
    double[] r = Samples.sorted("reference", reference);
    double[] c = Samples.sorted("current", current);
    int i = 0;
    int j = 0;
    double at = Math.min(r[0], c[0]);
    double area = 0;
    while (i < r.length || j < c.length) {
      boolean isReferenceNext = j == c.length || (i < r.length && r[i] <= c[j]);
      double next = isReferenceNext ? r[i] : c[j];
      area += (next - at) * Math.abs((double) i / r.length - (double) j / c.length);
      at = next;
      if (isReferenceNext) {
        i++;
      } else {
        j++;
      }
    }
    return area;
  }
}
