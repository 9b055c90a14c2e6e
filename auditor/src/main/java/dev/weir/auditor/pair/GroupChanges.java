package dev.weir.auditor.pair;

import dev.weir.auditor.evidence.GroupTotals;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.IndependentDifference;
import dev.weir.statistics.interval.PairedDifference;
import dev.weir.statistics.interval.PairedMean;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Candidate − parent of one quantity in each group. A rate's change has {@link PairedDifference}'s
 * bounds, a mean's those of the mean of the rows' changes, {@link PairedMean}.
 *
 * <p>Where no row's figure changed, the change of a mean has the bounds of a rate of which no row
 * changed: a row's change lies in [−1, 1], so their mean is at most the share of rows that change.
 */
final class GroupChanges {
  private final PairedRows rows;
  private final Grouping grouping;
  private final Quantity quantity;
  private final GroupTotals changes;
  private final GroupTotals gains;
  private final GroupTotals losses;
  private final GroupTotals candidate;
  private final GroupTotals parent;

  GroupChanges(PairedRows rows, Quantity quantity, Grouping grouping) {
    this.rows = rows;
    this.grouping = grouping;
    this.quantity = quantity;
    this.changes = totals(row -> quantity.change(rows, row));
    this.gains = totals(row -> quantity.change(rows, row) > 0 ? 1 : 0);
    this.losses = totals(row -> quantity.change(rows, row) < 0 ? 1 : 0);
    this.candidate = totals(row -> quantity.of(rows, true, row));
    this.parent = totals(row -> quantity.of(rows, false, row));
  }

  private GroupTotals totals(IntToDoubleFunction value) {
    return GroupTotals.of(grouping, row -> quantity.counts(rows, row), value);
  }

  long n(int group) {
    return changes.n(group);
  }

  private double average(GroupTotals totals, int group) {
    return quantity.isRate() ? totals.share(group).value() : totals.average(group);
  }

  /** Returns the candidate's own figure; the group needs a row. */
  double ofCandidate(int group) {
    return average(candidate, group);
  }

  /** Returns the parent's own figure; the group needs a row. */
  double ofParent(int group) {
    return average(parent, group);
  }

  /** Returns the change in a group; empty without a row, and for the mean of a single one. */
  Optional<Estimate> change(int group) {
    long n = n(group);
    if (n == 0) {
      return Optional.empty();
    }
    long gained = gains.share(group).successes();
    long lost = losses.share(group).successes();
    if (quantity.isRate() || gained + lost == 0) {
      return Optional.of(new PairedDifference(gained, lost, n));
    }
    return n == 1 ? Optional.empty() : Optional.of(PairedMean.of(changesIn(group)));
  }

  private double[] changesIn(int group) {
    int[] codes = grouping.codes();
    return IntStream.range(0, codes.length)
        .filter(row -> codes[row] == group)
        .mapToDouble(row -> quantity.change(rows, row))
        .toArray();
  }

  /**
   * Returns the change of a rate in a group − that in all others; empty without a row on either
   * side.
   */
  Optional<Estimate> difference(int group) {
    long n = n(group);
    long others = changes.others(group);
    if (n == 0 || others == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new IndependentDifference(
            new PairedDifference(
                gains.share(group).successes(), losses.share(group).successes(), n),
            new PairedDifference(
                gains.shareOfOthers(group).successes(),
                losses.shareOfOthers(group).successes(),
                others)));
  }

  double[][] correlationOfGroups() {
    return changes.correlationOfGroups();
  }

  double[][] correlationOfDifferences() {
    return changes.correlationOfDifferences();
  }
}
