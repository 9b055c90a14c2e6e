package dev.weir.auditor.worker;

import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.group.GroupHistory;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The group values that rows do not carry, as they are read for one audit.
 *
 * @param ranges where they were looked for: the whole topic, as it is now
 * @param history what was said of the rows
 */
record RestrictedGroups(List<OffsetRange> ranges, GroupHistory history) {
  RestrictedGroups {
    ranges = List.copyOf(ranges);
  }

  /**
   * Returns what is said of the rows that judge and of those without a label; null where rows carry
   * their groups.
   */
  static @Nullable RestrictedGroups read(
      RangeReader reader,
      TopicNames names,
      ModelSpec spec,
      EvaluationRows judging,
      @Nullable UnobservedRows unobserved) {
    if (spec.events().groups() == null) {
      return null;
    }
    List<Row> rows = new ArrayList<>(judging.examples().stream().map(Example::row).toList());
    if (unobserved != null) {
      rows.addAll(unobserved.rows());
    }
    List<OffsetRange> ranges = reader.since(names.of(Topics.GROUP_VALUES), Instant.EPOCH);
    return new RestrictedGroups(
        ranges, GroupHistory.read(reader, ranges, spec, spec.groups(), rows));
  }

  /**
   * Returns training rows with what the training read of them: nothing, but for a mitigation that
   * names offsets of group values.
   */
  static List<Example> asTrained(
      RangeReader reader, ModelSpec spec, @Nullable MitigationOrder order, List<Example> members) {
    List<OffsetRange> ranges = order == null ? null : order.groupValues();
    if (order == null || ranges == null) {
      return members;
    }
    GroupHistory history =
        GroupHistory.read(
            reader,
            ranges,
            spec,
            spec.groups().stream().filter(g -> g.name().equals(order.groups())).toList(),
            members.stream().map(Example::row).toList());
    return members.stream().map(history::join).toList();
  }
}
