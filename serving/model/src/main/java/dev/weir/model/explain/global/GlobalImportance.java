package dev.weir.model.explain.global;

import dev.weir.model.explain.Attribution;
import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.ArrayList;
import java.util.List;

/**
 * How much a feature matters over many rows: the mean of its contributions' absolute values, {@code
 * 1/N Σᵢ |φᵢⱼ|}, in units of the output.
 *
 * <p>The interval is Student's over the sampling of the rows. Estimated contributions bias the mean
 * upward by at most their mean standard error, since noise has an absolute value too: explain
 * exactly, or to a standard error well below the importance.
 *
 * @param feature its position in the row
 * @param meanAbsolute mean of |φ|, ≥ 0
 * @param standardError of that mean
 * @param interval of it, two-sided; its lower end is not below 0
 */
public record GlobalImportance(
    int feature, double meanAbsolute, double standardError, Interval interval) {
  /**
   * Returns the importance of every feature, in the order of the row.
   *
   * @param attributions of at least two rows
   * @param output which output is meant
   * @param alpha 1 − the level of each interval, in (0, 1)
   * @throws IllegalArgumentException if there are fewer than two attributions
   */
  public static List<GlobalImportance> of(
      List<Attribution> attributions, int output, double alpha) {
    if (attributions.size() < 2) {
      throw new IllegalArgumentException(
          "an importance needs >= 2 explained rows, had " + attributions.size());
    }
    double[][] values =
        attributions.stream().map(each -> each.values(output)).toArray(double[][]::new);
    List<GlobalImportance> importances = new ArrayList<>();
    for (int j = 0; j < values[0].length; j++) {
      double[] absolute = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        absolute[i] = Math.abs(values[i][j]);
      }
      MeanEstimate mean = MeanEstimate.of(absolute);
      double lower = Math.max(0, mean.lower(alpha / 2));
      importances.add(
          new GlobalImportance(
              j, mean.value(), mean.standardError(), new Interval(lower, mean.upper(alpha / 2))));
    }
    return List.copyOf(importances);
  }
}
