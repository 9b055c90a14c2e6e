package dev.weir.trainer.worker;

import dev.weir.contracts.control.MitigationOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.group.GroupHistory;
import dev.weir.contracts.policy.Mitigation;
import dev.weir.contracts.spec.GroupSpec;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.trainer.dataset.TrainingSet;
import java.util.List;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * The one place where a training may come by group values that rows do not carry: for a mitigation,
 * which the policy must have allowed before, and then only the ordered grouping of the training
 * rows.
 */
final class RestrictedGroups {
  private final ModelSpec spec;
  private final String values;
  private final String deadLetters;

  RestrictedGroups(ModelSpec spec, TopicNames names) {
    this.spec = spec;
    this.values = names.of(Topics.GROUP_VALUES);
    this.deadLetters = names.of(Topics.GROUP_DEAD_LETTERS);
  }

  /**
   * Checks that a request keeps off group values, but for a mitigation in training.
   *
   * @throws IllegalArgumentException if its training ranges name their topics, if it orders
   *     decisions by group although rows have none, or if its order does not name just the offsets
   *     of group values where it needs them
   */
  void require(TrainingRequest request) {
    requireNone(request.training());
    MitigationOrder order = request.mitigation();
    List<OffsetRange> named = order == null ? null : order.groupValues();
    if (order == null || spec.events().groups() == null) {
      if (named != null) {
        throw new IllegalArgumentException(
            "GROUPS: rows carry their groups, and the order names offsets of others: " + named);
      }
      return;
    }
    if (order.method() == Mitigation.Method.GROUP_THRESHOLDS) {
      throw new IllegalArgumentException(
          "MITIGATION: groupThresholds decides by the row's group, and rows have none"
              + " (events.groups); list reweighing or exponentiatedGradient in the policy");
    }
    if (named == null || !named.stream().allMatch(range -> range.topic().equals(values))) {
      throw new IllegalArgumentException(
          "GROUPS: the order must name offsets of " + values + ", was " + named);
    }
  }

  private void requireNone(List<OffsetRange> training) {
    for (OffsetRange range : training) {
      if (range.topic().equals(values) || range.topic().equals(deadLetters)) {
        throw new IllegalArgumentException(
            "GROUPS: training rows cannot come from " + range.topic() + ", was " + range);
      }
    }
  }

  /**
   * Returns the set with what its order lets it read, or as it is.
   *
   * @throws IllegalStateException if the broker does not let this trainer read it, or part of it is
   *     no longer there
   */
  TrainingSet joined(TrainingRequest request, TrainingSet set, RangeReader reader) {
    MitigationOrder order = request.mitigation();
    List<OffsetRange> ranges = order == null ? null : order.groupValues();
    if (order == null || ranges == null) {
      return set;
    }
    List<GroupSpec> ordered =
        spec.groups().stream().filter(group -> group.name().equals(order.groups())).toList();
    try {
      GroupHistory history =
          GroupHistory.read(
              reader, ranges, spec, ordered, set.examples().stream().map(Example::row).toList());
      return set.with(set.examples().stream().map(history::join).toList());
    } catch (TopicAuthorizationException e) {
      throw new IllegalStateException(
          "GROUPS: the broker does not let this trainer read "
              + values
              + ", which the policy's mitigation needs; allow it READ and DESCRIBE there",
          e);
    }
  }
}
