package dev.weir.auditor.table;

import dev.weir.statistics.group.Confusion;
import dev.weir.statistics.group.ErrorTally;
import dev.weir.statistics.group.GroupTally;
import dev.weir.statistics.group.Others;
import dev.weir.statistics.group.Reliability;
import dev.weir.statistics.interval.Estimate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is measured of the groups of an attribute, for decisions or for predicted numbers. */
interface Tally {
  Map<String, Optional<Estimate>> metrics(int group);

  /** Returns a metric over all rows outside a group; empty where it is undefined or no mean. */
  Optional<Others> others(String metric, int group);

  long rows(int group);

  long unlabelled(int group);

  /**
   * Returns the confusion matrices of a group with all unlabelled rows decided wrongly, and
   * rightly; empty where there are no decisions.
   */
  List<Confusion> extremes(int group);

  /** Returns the bins of the reliability diagram; empty where there are no probabilities. */
  List<Reliability.Bin> bins(int group);

  /**
   * Returns the confusion matrix of the labelled rows; without rows where there are no decisions.
   */
  Confusion confusion(int group);

  static Tally of(GroupTally tally) {
    return new Tally() {
      @Override
      public Map<String, Optional<Estimate>> metrics(int group) {
        return tally.metrics(group);
      }

      @Override
      public Optional<Others> others(String metric, int group) {
        return tally.others(metric, group);
      }

      @Override
      public long rows(int group) {
        return tally.rows(group);
      }

      @Override
      public long unlabelled(int group) {
        return tally.unlabelled(group);
      }

      @Override
      public List<Confusion> extremes(int group) {
        return List.of(tally.extreme(group, false), tally.extreme(group, true));
      }

      @Override
      public List<Reliability.Bin> bins(int group) {
        return tally.reliability(group).map(Reliability::bins).orElse(List.of());
      }

      @Override
      public Confusion confusion(int group) {
        return tally.confusion(group);
      }
    };
  }

  static Tally of(ErrorTally tally) {
    return new Tally() {
      @Override
      public Map<String, Optional<Estimate>> metrics(int group) {
        return tally.metrics(group);
      }

      @Override
      public Optional<Others> others(String metric, int group) {
        return tally.others(metric, group);
      }

      @Override
      public long rows(int group) {
        return tally.rows(group);
      }

      @Override
      public long unlabelled(int group) {
        return tally.unlabelled(group);
      }

      @Override
      public List<Confusion> extremes(int group) {
        return List.of();
      }

      @Override
      public List<Reliability.Bin> bins(int group) {
        return List.of();
      }

      @Override
      public Confusion confusion(int group) {
        return Confusion.EMPTY;
      }
    };
  }
}
