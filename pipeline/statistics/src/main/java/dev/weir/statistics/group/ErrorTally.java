package dev.weir.statistics.group;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Exact;
import dev.weir.statistics.interval.MonotoneEstimate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The errors of a regression in each group, {@code e = prediction − label}: their mean ({@code
 * mean_error}), mean absolute and root mean squared value, the mean prediction and the mean label,
 * with Student's bounds (those of the root are the roots of those of the mean square).
 */
public final class ErrorTally implements Tally {
  private final long[] rows;
  private final long[] unlabelled;
  private final Map<String, MomentSums> moments = new LinkedHashMap<>();
  private final Map<String, MomentSums> otherMoments = new LinkedHashMap<>();

  private ErrorTally(int groups) {
    rows = new long[groups];
    unlabelled = new long[groups];
    for (String metric :
        new String[] {
          "mean_error",
          "mean_absolute_error",
          "root_mean_squared_error",
          "mean_prediction",
          "mean_label"
        }) {
      moments.put(metric, new MomentSums(groups));
    }
  }

  /**
   * Returns the tally of one attribute.
   *
   * @param labels finite, or NaN where the outcome was not seen, shape [n]
   * @param predictions finite, shape [n]
   * @param weights finite and ≥ 0, shape [n]; null when every row weighs 1
   * @param codes the group of each row, in [0, groups), shape [n]
   * @param groups the number of groups, those without rows too
   */
  public static ErrorTally of(
      double[] labels, double[] predictions, double @Nullable [] weights, int[] codes, int groups) {
    ErrorTally tally = new ErrorTally(groups);
    for (int i = 0; i < codes.length; i++) {
      tally.add(codes[i], labels[i], predictions[i], weights == null ? 1 : weights[i]);
    }
    tally.moments.forEach((id, sums) -> tally.otherMoments.put(id, sums.others()));
    return tally;
  }

  private void add(int group, double label, double prediction, double weight) {
    rows[group]++;
    sums("mean_prediction").add(group, prediction, weight);
    if (Double.isNaN(label)) {
      unlabelled[group]++;
      return;
    }
    double error = prediction - label;
    sums("mean_error").add(group, error, weight);
    sums("mean_absolute_error").add(group, Math.abs(error), weight);
    sums("root_mean_squared_error").add(group, error * error, weight);
    sums("mean_label").add(group, label, weight);
  }

  private MomentSums sums(String metric) {
    MomentSums sums = moments.get(metric);
    if (sums == null) {
      throw new IllegalArgumentException("no metric " + metric);
    }
    return sums;
  }

  /** Returns all metrics of a group by their ids, in a fixed order; empty where undefined. */
  @Override
  public Map<String, Optional<Estimate>> metrics(int group) {
    Map<String, Optional<Estimate>> all = new LinkedHashMap<>();
    all.put(DecisionMetric.COUNT.id(), Optional.of(new Exact(rows[group], rows[group])));
    moments.forEach((id, sums) -> all.put(id, sums.mean(group).map(mean -> shaped(id, mean))));
    return all;
  }

  private static Estimate shaped(String id, Estimate mean) {
    return switch (id) {
      case "mean_absolute_error" -> new MonotoneEstimate(mean, x -> Math.max(0, x), x -> 1);
      case "root_mean_squared_error" ->
          new MonotoneEstimate(mean, x -> Math.sqrt(Math.max(0, x)), x -> 1 / (2 * Math.sqrt(x)));
      default -> mean;
    };
  }

  /**
   * Returns a metric over all rows that are not in a group; empty where it is undefined, and for
   * the root mean squared error, which is no mean over rows.
   */
  @Override
  public Optional<Others> others(String id, int group) {
    MomentSums own = moments.get(id);
    return own == null || id.startsWith("root")
        ? Optional.empty()
        : Others.of(own, otherMoments.getOrDefault(id, own), group);
  }

  /** Returns the number of rows of a group. */
  @Override
  public long rows(int group) {
    return rows[group];
  }

  /** Returns the number of rows of a group that have no label. */
  @Override
  public long unlabelled(int group) {
    return unlabelled[group];
  }
}
