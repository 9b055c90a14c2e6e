package dev.weir.pipeline.derive;

import dev.weir.contracts.spec.FeatureSpec;
import java.util.ArrayList;
import java.util.List;

/*
 * Values come the latest first, in the order of (time, id), so every sum has one order whatever the
 * order of arrival was. Mean and deviation are computed anew for each row and not kept running:
 * taking values out of a running sum cancels digits (Chan, Golub, LeVeque: "Algorithms for computing
 * the sample variance", 1983). The deviation is by Welford's recurrence (Technometrics 4, 1962).
 */

/** The values of one scope in one window before one time. */
final class Summary {
  private final long asOf;
  private final long after;
  private final Lookback.Depth depth;
  private final List<Double> latest = new ArrayList<>();
  private long count;
  private double sum;
  private double mean;
  private double squares;
  private double min = Double.NaN;
  private double max = Double.NaN;
  private long latestTime;

  /**
   * Creates the summary of nothing yet.
   *
   * @param asOf the time before which values count, in epoch milliseconds
   * @param windowMillis how far back they count
   * @param depth how many are wanted
   */
  Summary(long asOf, long windowMillis, Lookback.Depth depth) {
    this.asOf = asOf;
    this.after = asOf - windowMillis;
    this.depth = depth;
  }

  /** Takes the next value back in time, NaN where it is missing; returns whether it wants more. */
  boolean take(long time, double value) {
    if (time <= after || !wantsMore()) {
      return false;
    }
    if (!Double.isNaN(value)) {
      add(time, value);
    }
    return wantsMore();
  }

  private boolean wantsMore() {
    return depth.isAll() || count < depth.latest();
  }

  private void add(long time, double value) {
    if (count == 0) {
      latestTime = time;
    }
    if (count < depth.latest()) {
      latest.add(value);
    }
    count++;
    sum += value;
    double delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
    min = count == 1 ? value : Math.min(min, value);
    max = count == 1 ? value : Math.max(max, value);
  }

  /** Returns {@code (Σ y + w · prior) / (n + w)}. */
  double smoothed(double prior, double weight) {
    return (sum + weight * prior) / (count + weight);
  }

  /** Returns one statistic; NaN where it is undefined. */
  double value(FeatureSpec.Statistic statistic, int lag) {
    switch (statistic) {
      case COUNT:
        return count;
      case SUM:
        return sum;
      case MEAN:
        return count == 0 ? Double.NaN : sum / count;
      case MIN:
        return min;
      case MAX:
        return max;
      case STD:
        return count < 2 ? Double.NaN : Math.sqrt(squares / (count - 1));
      case LAST:
      case LAG:
        return latest.size() < lag ? Double.NaN : latest.get(lag - 1);
      case SINCE_LAST:
        return count == 0 ? Double.NaN : (asOf - latestTime) / 1000.0;
      default:
        throw new IllegalStateException("no statistic " + statistic);
    }
  }
}
