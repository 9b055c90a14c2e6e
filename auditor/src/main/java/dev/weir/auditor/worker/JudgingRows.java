package dev.weir.auditor.worker;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one audit reads of rows.
 *
 * @param rows the rows that judge, with their groups
 * @param unobserved those whose label a decision prevented, with their groups; null where the spec
 *     does not say that labels depend on decisions
 * @param groups where their groups came from; null where rows carry them
 */
record JudgingRows(
    EvaluationRows rows, @Nullable UnobservedRows unobserved, @Nullable RestrictedGroups groups) {
  static JudgingRows read(
      RangeReader reader, TopicNames names, ModelSpec spec, List<OffsetRange> evaluation) {
    EvaluationRows rows = EvaluationRows.read(reader, evaluation, spec);
    UnobservedRows unobserved = UnobservedRows.read(reader, names, spec, rows.examples());
    RestrictedGroups groups = RestrictedGroups.read(reader, names, spec, rows, unobserved);
    if (groups == null) {
      return new JudgingRows(rows, unobserved, null);
    }
    return new JudgingRows(
        rows.joined(groups), unobserved == null ? null : unobserved.joined(groups), groups);
  }

  @Nullable List<OffsetRange> unobservedRanges() {
    return unobserved == null ? null : unobserved.ranges();
  }

  @Nullable List<OffsetRange> groupRanges() {
    return groups == null ? null : groups.ranges();
  }

  /** Returns the judging rows whose group was said for a later time only, by grouping. */
  @Nullable SortedMap<String, Long> groupsKnownOnlyLater() {
    return groups == null
        ? null
        : groups.history().knownOnlyLater(rows.examples().stream().map(Example::row).toList());
  }
}
