package dev.weir.statistics.group;

import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Interval;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is measured of the groups of an attribute, for decisions or for predicted numbers. */
public sealed interface Tally permits GroupTally, ErrorTally {
  /** Returns all metrics of a group by their ids, in a fixed order; empty where undefined. */
  Map<String, Optional<Estimate>> metrics(int group);

  /** Returns a metric over all rows outside a group; empty where it is undefined or no mean. */
  Optional<Others> others(String metric, int group);

  /** Returns the number of rows of a group. */
  long rows(int group);

  /** Returns the number of rows of a group that have no label. */
  long unlabelled(int group);

  /**
   * Returns the confusion matrices of a group with all unlabelled rows decided wrongly, and
   * rightly; empty where there are no decisions.
   */
  default List<Confusion> extremes(int group) {
    return List.of();
  }

  /**
   * Returns, by the metrics' ids, between which values each metric of a group lies whatever labels
   * its unlabelled rows may have; empty when each row has one, and for metrics that need none.
   *
   * @see <a href="https://www.jstor.org/stable/2006592">C. F. Manski, Nonparametric Bounds on
   *     Treatment Effects, 1990</a>
   */
  default Map<String, Interval> worstCase(int group) {
    Map<String, Interval> bounds = new LinkedHashMap<>();
    if (unlabelled(group) == 0) {
      return bounds;
    }
    List<Confusion> extremes = extremes(group);
    for (DecisionMetric metric : DecisionMetric.values()) {
      boolean needsLabels =
          metric != DecisionMetric.COUNT && metric != DecisionMetric.SELECTION_RATE;
      DoubleSummaryStatistics ends = new DoubleSummaryStatistics();
      extremes.forEach(extreme -> metric.of(extreme).ifPresent(ends));
      if (needsLabels && ends.getCount() > 0) {
        bounds.put(metric.id(), new Interval(ends.getMin(), ends.getMax()));
      }
    }
    return bounds;
  }

  /** Returns the bins of the reliability diagram; empty where there are no probabilities. */
  default List<Reliability.Bin> bins(int group) {
    return List.of();
  }

  /**
   * Returns the confusion matrix of the labelled rows; without rows where there are no decisions.
   */
  default Confusion confusion(int group) {
    return Confusion.EMPTY;
  }
}
