package dev.weir.auditor.evidence;

import dev.weir.contracts.policy.Metric;
import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.IndependentDifference;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Measures the area under the ROC curve in each group, or each group's less that of its others. */
final class GroupAreas {
  private final ScoredRows rows;
  private final Metric metric;
  private final String name;
  private final Grouping grouping;

  GroupAreas(ScoredRows rows, Metric metric, String name) {
    this.rows = rows;
    this.metric = metric;
    this.name = name;
    this.grouping = rows.grouping(name);
  }

  /**
   * The area of pooled rows is no sum over groups, so nothing is said of how differences hang
   * together.
   */
  GateEvidence measure() {
    IntFunction<Measured> each = metric == Metric.AUC ? this::area : this::difference;
    List<Measured> measured = IntStream.range(0, grouping.values().size()).mapToObj(each).toList();
    return GateEvidence.independent(measured);
  }

  private Measured area(int group) {
    Scored own = scored(code -> code == group);
    return own.area()
        .map(area -> Measured.of(metric, label(group), own.size(), area))
        .orElseGet(() -> undefined(group, own.size(), "a class has fewer than two rows"));
  }

  private Measured difference(int group) {
    Scored own = scored(code -> code == group);
    Optional<AucEstimate> a = own.area();
    Optional<AucEstimate> b = scored(code -> code >= 0 && code != group).area();
    return a.isPresent() && b.isPresent()
        ? Measured.of(metric, label(group), own.size(), new IndependentDifference(a.get(), b.get()))
        : undefined(group, own.size(), "a class has fewer than two rows on one side");
  }

  private Measured undefined(int group, long n, String why) {
    return Measured.undefined(metric, label(group), n, why);
  }

  private String label(int group) {
    return name + "=" + grouping.values().get(group);
  }

  /** Returns the rows whose group is taken; a row without a group has the code −1. */
  private Scored scored(IntPredicate isTaken) {
    int[] taken =
        IntStream.range(0, rows.size())
            .filter(row -> isTaken.test(grouping.codes()[row]))
            .toArray();
    return new Scored(
        IntStream.of(taken).mapToDouble(rows::p).toArray(),
        IntStream.of(taken).mapToDouble(rows::y).toArray());
  }

  /** Scores and labels of some rows, shape [N] each. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Scored(double[] scores, double[] labels) {
    int size() {
      return scores.length;
    }

    Optional<AucEstimate> area() {
      return AucEstimate.of(scores, labels);
    }
  }
}
