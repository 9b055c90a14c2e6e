package dev.weir.auditor.evidence;

import dev.weir.contracts.policy.Metric;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.IndependentDifference;
import dev.weir.statistics.interval.IndependentRatio;
import dev.weir.statistics.interval.ProportionEstimate;
import dev.weir.statistics.interval.SkewedMean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

/** Measures a quantity in each group of a grouping, or each group against its others. */
final class GroupMeasurements {
  private final ScoredRows rows;
  private final Decisions decisions;
  private final Metric metric;
  private final String name;
  private final Grouping grouping;

  GroupMeasurements(ScoredRows rows, Decisions decisions, Metric metric, String name) {
    this.rows = rows;
    this.decisions = decisions;
    this.metric = metric;
    this.name = name;
    this.grouping = rows.grouping(name);
  }

  GateEvidence measure() {
    if (grouping.values().isEmpty()) {
      return GateEvidence.of(Measured.notAssessable(metric, name, "no row has this group"));
    }
    return ofEveryGroup().ofRowsIn(grouping);
  }

  private GateEvidence ofEveryGroup() {
    return switch (metric) {
      case AUC, AUC_DIFFERENCE -> new GroupAreas(rows, metric, name).measure();
      case ACCURACY -> shares(row -> true, this::isRight);
      case ACCURACY_DIFFERENCE -> shareDifferences(row -> true, this::isRight);
      case CALIBRATION_GAP -> means(row -> rows.p(row) - rows.y(row));
      case CALIBRATION_GAP_DIFFERENCE -> meanDifferences(row -> rows.p(row) - rows.y(row));
      case BRIER_DIFFERENCE -> meanDifferences(rows::brier);
      case SELECTION_RATE -> selected(row -> true);
      case TRUE_POSITIVE_RATE -> selected(row -> rows.y(row) == 1);
      case FALSE_POSITIVE_RATE -> selected(row -> rows.y(row) == 0);
      case SELECTION_RATE_DIFFERENCE -> selectedDifferences(row -> true);
      case SELECTION_RATE_RATIO -> selectedRatios();
      case TRUE_POSITIVE_RATE_DIFFERENCE -> selectedDifferences(row -> rows.y(row) == 1);
      case FALSE_POSITIVE_RATE_DIFFERENCE -> selectedDifferences(row -> rows.y(row) == 0);
      default -> throw new IllegalStateException(metric + " is not measured by group");
    };
  }

  private GateEvidence means(IntToDoubleFunction value) {
    GroupTotals totals = GroupTotals.of(grouping, row -> true, value);
    return evidence(totals, totals.correlationOfGroups(), group -> mean(totals, group));
  }

  private GateEvidence meanDifferences(IntToDoubleFunction value) {
    GroupTotals totals = GroupTotals.of(grouping, row -> true, value);
    return evidence(
        totals, totals.correlationOfDifferences(), group -> meanDifference(totals, group));
  }

  private GateEvidence selected(IntPredicate which) {
    return shares(which, decisions::isSelected);
  }

  private GateEvidence selectedDifferences(IntPredicate which) {
    return shareDifferences(which, decisions::isSelected);
  }

  private GateEvidence shares(IntPredicate which, IntPredicate hit) {
    GroupTotals totals = hits(which, hit);
    return evidence(totals, totals.correlationOfGroups(), group -> share(totals, group));
  }

  private GateEvidence shareDifferences(IntPredicate which, IntPredicate hit) {
    GroupTotals totals = hits(which, hit);
    return evidence(
        totals, totals.correlationOfDifferences(), group -> shareDifference(totals, group));
  }

  private GateEvidence selectedRatios() {
    GroupTotals totals = hits(row -> true, decisions::isSelected);
    return evidence(totals, totals.correlationOfRatios(), group -> shareRatio(totals, group));
  }

  private GroupTotals hits(IntPredicate which, IntPredicate hit) {
    return GroupTotals.of(grouping, which, row -> hit.test(row) ? 1 : 0);
  }

  private boolean isRight(int row) {
    return decisions.isSelected(row) == (rows.y(row) == 1);
  }

  private GateEvidence evidence(
      GroupTotals totals, double[][] correlation, IntFunction<Measured> measure) {
    List<Measured> measured = new ArrayList<>();
    for (int group = 0; group < totals.groups(); group++) {
      measured.add(measure.apply(group));
    }
    return new GateEvidence(measured, correlation);
  }

  private Measured mean(GroupTotals totals, int group) {
    long n = totals.n(group);
    return n < 2
        ? undefined(group, n, "fewer than two rows")
        : estimated(group, n, totals.mean(group));
  }

  private Measured meanDifference(GroupTotals totals, int group) {
    long n = totals.n(group);
    if (n < 2 || totals.others(group) < 2) {
      return undefined(group, n, "fewer than two rows on one side");
    }
    return estimated(
        group, n, SkewedMean.difference(totals.mean(group), totals.meanOfOthers(group)));
  }

  private Measured share(GroupTotals totals, int group) {
    long n = totals.n(group);
    if (decisions.areConstant()) {
      return undefined(group, n, decisions.constant());
    }
    return n == 0
        ? undefined(group, 0, "no such row")
        : Measured.of(metric, label(group), n, totals.share(group));
  }

  private Measured shareDifference(GroupTotals totals, int group) {
    long n = totals.n(group);
    if (decisions.areConstant()) {
      return undefined(group, n, decisions.constant());
    }
    if (n == 0 || totals.others(group) == 0) {
      return undefined(group, n, "no such row on one side");
    }
    return Measured.of(
        metric,
        label(group),
        n,
        new IndependentDifference(totals.share(group), totals.shareOfOthers(group)));
  }

  private Measured shareRatio(GroupTotals totals, int group) {
    long n = totals.n(group);
    if (decisions.areConstant()) {
      return undefined(group, n, decisions.constant());
    }
    if (n == 0 || totals.others(group) == 0) {
      return undefined(group, n, "no such row on one side");
    }
    ProportionEstimate others = totals.shareOfOthers(group);
    return others.successes() == 0
        ? undefined(group, n, "none of the others is selected")
        : Measured.of(metric, label(group), n, new IndependentRatio(totals.share(group), others));
  }

  /** Values that are all the same say nothing of how far the next one may lie. */
  private Measured estimated(int group, long n, Estimate estimate) {
    return estimate.standardError() > 0
        ? Measured.of(metric, label(group), n, estimate)
        : undefined(group, n, "all " + n + " values are the same");
  }

  private Measured undefined(int group, long n, String why) {
    return Measured.undefined(metric, label(group), n, why);
  }

  private String label(int group) {
    return name + "=" + grouping.values().get(group);
  }
}
