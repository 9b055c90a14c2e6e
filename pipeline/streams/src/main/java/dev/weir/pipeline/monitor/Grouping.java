package dev.weir.pipeline.monitor;

import dev.weir.contracts.spec.GroupSpec;
import dev.weir.contracts.spec.Monitoring;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The groups of one grouping as decisions about them come; not thread-safe. */
final class Grouping {
  private final GroupSpec spec;
  private final int most;
  private final List<String> groups = new ArrayList<>();
  private final List<GroupRates> rates = new ArrayList<>();
  private long unwatched;
  private long ungrouped;

  /** What outlives a restart; {@code unwatched} and {@code ungrouped} are rows. */
  record State(List<String> groups, List<GroupRates.State> rates, long unwatched, long ungrouped) {}

  /**
   * Creates a grouping without a decision: with the groups that it declares, else none.
   *
   * @param pairs the most pairs that are compared; groups that would make more are not
   */
  Grouping(GroupSpec spec, Monitoring.Fairness terms, int pairs) {
    this.spec = spec;
    int wanted = spec.declared().isEmpty() ? terms.mostGroups() : spec.declared().size();
    this.most = Math.min(wanted, (int) ((1 + Math.sqrt(1 + 8.0 * pairs)) / 2));
    for (Monitoring.Rate rate : terms.rates()) {
      rates.add(new GroupRates(rate, terms.tolerance()));
    }
    spec.declared().stream().limit(most).forEach(this::addGroup);
  }

  private void addGroup(String name) {
    groups.add(name);
    rates.forEach(each -> each.addGroup(name));
  }

  String name() {
    return spec.name();
  }

  List<String> groups() {
    return groups;
  }

  List<GroupRates> rates() {
    return rates;
  }

  /** Returns how many pairs there can be at most, which is known before the first row. */
  int mostPairs() {
    return most * (most - 1) / 2;
  }

  /** Returns how many rows were in groups that are not compared: undeclared, or too many. */
  long unwatched() {
    return unwatched;
  }

  /** Returns how many rows had no group. */
  long ungrouped() {
    return ungrouped;
  }

  /** Takes a decision. */
  void add(@Nullable String group, boolean isSelected, double label) {
    if (group == null) {
      ungrouped++;
      return;
    }
    if (spec.declared().isEmpty() && !groups.contains(group) && groups.size() < most) {
      addGroup(group);
    }
    int index = groups.indexOf(group);
    if (index < 0) {
      unwatched++;
      return;
    }
    rates.forEach(each -> each.add(index, isSelected, label));
  }

  State state() {
    return new State(
        List.copyOf(groups), rates.stream().map(GroupRates::state).toList(), unwatched, ungrouped);
  }

  /** Takes over a state of the same grouping and terms. */
  void restore(State state) {
    state.groups().stream().skip(groups.size()).forEach(this::addGroup);
    for (int i = 0; i < rates.size(); i++) {
      rates.get(i).restore(state.rates().get(i));
    }
    unwatched = state.unwatched();
    ungrouped = state.ungrouped();
  }
}
