package dev.weir.statistics.group;

import dev.weir.statistics.interval.Interval;
import dev.weir.statistics.interval.ProportionEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Impact ratios of the bias audit that New York City's Local Law 144 asks of automated employment
 * decision tools: a category's rate over the rate of the category that has the highest. Rows count
 * once each; the law knows no weights.
 *
 * @see <a href="https://rules.cityofnewyork.us/rule/automated-employment-decision-tools-updated/">6
 *     RCNY § 5-300 ff., 2023</a>
 */
public final class ImpactRatios {
  /** A category with a smaller share of the rows may be excluded by the auditor. */
  public static final double EXCLUDABLE_BELOW = 0.02;

  private ImpactRatios() {}

  /**
   * One category.
   *
   * @param rate its selection rate, or its scoring rate
   * @param ratio its rate over the highest; empty when the highest is 0
   * @param share its share of all rows, in (0, 1]
   */
  public record Category(ProportionEstimate rate, OptionalDouble ratio, double share) {
    /** Returns whether the category has under 2 % of the rows. */
    public boolean isExcludable() {
      return share < EXCLUDABLE_BELOW;
    }
  }

  /**
   * Returns the categories of a tool that selects.
   *
   * @param rates selected of all, by category; a category without rows has no rate
   */
  public static SortedMap<String, Category> of(Map<String, ProportionEstimate> rates) {
    double highest = rates.values().stream().mapToDouble(ProportionEstimate::value).max().orElse(0);
    double rows = rates.values().stream().mapToDouble(ProportionEstimate::n).sum();
    SortedMap<String, Category> categories = new TreeMap<>();
    rates.forEach(
        (name, rate) ->
            categories.put(
                name, new Category(rate, Confusion.ratio(rate.value(), highest), rate.n() / rows)));
    return categories;
  }

  /**
   * Returns an interval for the ratio of each category to the one whose true rate is highest,
   * whichever that is; the intervals hold for all categories together with probability of at least
   * 1 − {@code alpha}. Each rate has its Wilson interval of level 1 − alpha / categories; a ratio
   * lies between the least and the most that these rates allow, so the intervals are wider than
   * need be.
   *
   * @param rates selected of all, by category, each of at least one row
   * @param alpha one minus the joint level, in (0, 1)
   */
  public static SortedMap<String, Interval> intervals(
      Map<String, ProportionEstimate> rates, double alpha) {
    SortedMap<String, Interval> bounds = new TreeMap<>();
    rates.forEach((name, rate) -> bounds.put(name, Interval.of(rate, alpha / rates.size())));
    SortedMap<String, Interval> ratios = new TreeMap<>();
    bounds.forEach(
        (name, own) -> {
          double least = 0;
          double most = 0;
          for (Map.Entry<String, Interval> other : bounds.entrySet()) {
            if (!other.getKey().equals(name)) {
              least = Math.max(least, other.getValue().lower());
              most = Math.max(most, other.getValue().upper());
            }
          }
          ratios.put(
              name, new Interval(toHighest(own.lower(), most), toHighest(own.upper(), least)));
        });
    return ratios;
  }

  /** A category without others is its own highest. */
  private static double toHighest(double rate, double others) {
    double highest = Math.max(rate, others);
    return highest == 0 ? 1 : rate / highest;
  }

  /**
   * Returns the categories of a tool that scores: the rate is the share with a score above the
   * median of all rows.
   *
   * @param scores the scores, shape [n], n ≥ 1
   * @param categories the category of each row, n of them
   */
  public static SortedMap<String, Category> ofScores(double[] scores, List<String> categories) {
    if (scores.length != categories.size()) {
      throw new IllegalArgumentException(
          "need a category per score, was " + categories.size() + " of " + scores.length);
    }
    double median = median(scores);
    SortedMap<String, ProportionEstimate> rates = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      ProportionEstimate row = new ProportionEstimate(scores[i] > median ? 1 : 0, 1);
      rates.merge(
          categories.get(i),
          row,
          (a, b) -> new ProportionEstimate(a.successes() + b.successes(), a.n() + b.n()));
    }
    return of(rates);
  }

  /** Returns the median, the mean of the middle two where n is even; n ≥ 1. */
  public static double median(double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("need at least one score");
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
