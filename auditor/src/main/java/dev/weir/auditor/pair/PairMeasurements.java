package dev.weir.auditor.pair;

import dev.weir.auditor.evidence.GateEvidence;
import dev.weir.auditor.evidence.GroupTotals;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.auditor.evidence.Measured;
import dev.weir.auditor.evidence.PairSource;
import dev.weir.contracts.policy.Gate;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.ExactProportion;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures what compressing changed, in each group or in all rows at once. Rows without a group are
 * on neither side. Decisions that are constant in both versions show nothing.
 */
public final class PairMeasurements implements PairSource {
  private final PairedRows rows;
  private final @Nullable AttributionShifts shifts;

  /**
   * Creates the measurements of a pair.
   *
   * @param shifts of the attributions; null where the candidate has no background
   */
  public PairMeasurements(PairedRows rows, @Nullable AttributionShifts shifts) {
    this.rows = rows;
    this.shifts = shifts;
  }

  @Override
  public GateEvidence of(Gate gate) {
    String name = gate.groups();
    GroupGate asked =
        new GroupGate(gate, name == null ? Grouping.everybody(rows.size()) : rows.grouping(name));
    if (asked.grouping().values().isEmpty()) {
      return asked.notAssessable("no row has this group");
    }
    return switch (gate.metric()) {
      case SELECTION_RATE_CHANGE -> changes(asked, Quantity.SELECTION_RATE);
      case TRUE_POSITIVE_RATE_CHANGE -> changes(asked, Quantity.TRUE_POSITIVE_RATE);
      case FALSE_POSITIVE_RATE_CHANGE -> changes(asked, Quantity.FALSE_POSITIVE_RATE);
      case ACCURACY_CHANGE -> changes(asked, Quantity.ACCURACY);
      case CALIBRATION_GAP_CHANGE -> changes(asked, Quantity.CALIBRATION_GAP);
      case BRIER_CHANGE -> changes(asked, Quantity.BRIER);
      case SELECTION_RATE_CHANGE_DIFFERENCE -> differences(asked, Quantity.SELECTION_RATE);
      case TRUE_POSITIVE_RATE_CHANGE_DIFFERENCE -> differences(asked, Quantity.TRUE_POSITIVE_RATE);
      case FALSE_POSITIVE_RATE_CHANGE_DIFFERENCE ->
          differences(asked, Quantity.FALSE_POSITIVE_RATE);
      case ACCURACY_CHANGE_DIFFERENCE -> differences(asked, Quantity.ACCURACY);
      case FLIP_RATE -> flips(asked);
      case ATTRIBUTION_SHIFT -> shifts(asked);
      default -> throw new IllegalStateException(gate.metric() + " compares no pair");
    };
  }

  private GateEvidence changes(GroupGate asked, Quantity quantity) {
    GroupChanges changes = new GroupChanges(rows, quantity, asked.grouping());
    String why = quantity.isRate() ? "no such row" : "fewer than two rows";
    return asked.evidence(
        changes.correlationOfGroups(),
        group ->
            quantity.isRate()
                ? ofDecisions(asked, group, changes.n(group), changes::change, why)
                : asked.measured(group, changes.n(group), changes.change(group), why));
  }

  private GateEvidence differences(GroupGate asked, Quantity quantity) {
    GroupChanges changes = new GroupChanges(rows, quantity, asked.grouping());
    String why = "no such row on one side";
    return asked.evidence(
        changes.correlationOfDifferences(),
        group -> ofDecisions(asked, group, changes.n(group), changes::difference, why));
  }

  private GateEvidence flips(GroupGate asked) {
    GroupTotals flips =
        GroupTotals.of(asked.grouping(), row -> true, row -> rows.isFlipped(row) ? 1 : 0);
    return asked.evidence(
        flips.correlationOfGroups(),
        group -> ofDecisions(asked, group, flips.n(group), g -> share(flips, g), "no such row"));
  }

  private static Optional<Estimate> share(GroupTotals flips, int group) {
    long n = flips.n(group);
    return n == 0
        ? Optional.empty()
        : Optional.of(new ExactProportion(flips.share(group).successes(), n));
  }

  private Measured ofDecisions(
      GroupGate asked, int group, long n, IntFunction<Optional<Estimate>> found, String why) {
    return rows.areConstant()
        ? asked.measured(
            group,
            n,
            Optional.empty(),
            "both versions decide the same of all " + rows.size() + " rows")
        : asked.measured(group, n, found.apply(group), why);
  }

  private GateEvidence shifts(GroupGate asked) {
    AttributionShifts all = shifts;
    Grouping grouping = asked.grouping();
    if (all == null) {
      return asked.notAssessable("the candidate's artifact has no background to explain against");
    }
    if (grouping.occurring() > AttributionShifts.MOST_GROUPS) {
      return asked.notAssessable(
          "attributions are compared in at most "
              + AttributionShifts.MOST_GROUPS
              + " groups, there are "
              + grouping.occurring());
    }
    GroupTotals members = GroupTotals.of(grouping, row -> true, row -> 0);
    return asked.evidence(
        members.correlationOfGroups(),
        group -> {
          long n = all.explained(members.n(group));
          return asked.measured(group, n, all.of(grouping, group), "fewer than two rows");
        });
  }
}
