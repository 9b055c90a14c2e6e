package dev.weir.pipeline.monitor;

import dev.weir.contracts.spec.Monitoring;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/*
 * Groups have an index, in the order in which they were declared or came. The pair of i < j stands at
 * j (j − 1) / 2 + i, so that a new group only appends:
 *
 *        j=1   j=2   j=3
 *   i=0   0     1     3
 *   i=1         2     4
 *   i=2               5
 */

/** One rate of decisions in the groups of a grouping, and the evidence on each pair of them. */
final class GroupRates {
  private final Monitoring.Rate rate;
  private final double tolerance;
  private final List<String> groups = new ArrayList<>();
  private final List<Long> selected = new ArrayList<>();
  private final List<Long> rows = new ArrayList<>();
  private final List<PairGap> pairs = new ArrayList<>();

  /** What outlives a restart, but for the groups. */
  record State(List<Long> selected, List<Long> rows, List<PairGap.State> pairs) {}

  GroupRates(Monitoring.Rate rate, double tolerance) {
    this.rate = rate;
    this.tolerance = tolerance;
  }

  Monitoring.Rate rate() {
    return rate;
  }

  /** Adds a group, and its pairs with those before. */
  void addGroup(String name) {
    groups.forEach(other -> pairs.add(new PairGap(other, name, tolerance)));
    groups.add(name);
    selected.add(0L);
    rows.add(0L);
  }

  /** Takes a decision about a row of a group, by its index. */
  void add(int group, boolean isSelected, double label) {
    if (!rate.counts(label)) {
      return;
    }
    rows.set(group, rows.get(group) + 1);
    selected.set(group, selected.get(group) + (isSelected ? 1 : 0));
    for (int other = 0; other < groups.size(); other++) {
      if (other != group) {
        int later = Math.max(group, other);
        int earlier = Math.min(group, other);
        pairs.get(later * (later - 1) / 2 + earlier).add(group == earlier, isSelected);
      }
    }
  }

  /** Returns a group's rate since the champion's first decision; empty without a row. */
  OptionalDouble value(String group) {
    int index = groups.indexOf(group);
    return rows.get(index) == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) selected.get(index) / rows.get(index));
  }

  long rows(String group) {
    return rows.get(groups.indexOf(group));
  }

  List<PairGap> pairs() {
    return pairs;
  }

  /** Returns the pair with the most evidence; empty with fewer than two groups. */
  Optional<PairGap> clearest() {
    return pairs.stream().max(Comparator.comparingDouble(PairGap::evidence));
  }

  State state() {
    return new State(
        List.copyOf(selected), List.copyOf(rows), pairs.stream().map(PairGap::state).toList());
  }

  /** Takes over a state, after the groups were added. */
  void restore(State state) {
    for (int i = 0; i < groups.size(); i++) {
      selected.set(i, state.selected().get(i));
      rows.set(i, state.rows().get(i));
    }
    for (int i = 0; i < pairs.size(); i++) {
      pairs.get(i).restore(state.pairs().get(i), tolerance);
    }
  }
}
