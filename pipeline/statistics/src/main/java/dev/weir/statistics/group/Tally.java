package dev.weir.statistics.group;

import dev.weir.statistics.interval.Estimate;
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
