package dev.weir.auditor.pair;

import dev.weir.auditor.evidence.GateEvidence;
import dev.weir.auditor.evidence.GroupTotals;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.model.artifact.Compression;
import dev.weir.statistics.interval.AucDifference;
import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.multiple.SimultaneousLevel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tabulates both versions in every group, for the evidence and the report. */
public final class PairTable {
  private static final double ALPHA = 0.05;

  private final PairedRows rows;
  private final @Nullable AttributionShifts shifts;

  /**
   * Creates the table of a pair.
   *
   * @param shifts of the attributions; null where they are unknown
   */
  public PairTable(PairedRows rows, @Nullable AttributionShifts shifts) {
    this.rows = rows;
    this.shifts = shifts;
  }

  /**
   * Returns the evidence.
   *
   * @param groupings names of the groupings to tabulate
   * @param explained those of them in whose groups attributions are compared, besides all rows
   */
  public PairEvidence of(
      Compression compression, Collection<String> groupings, Set<String> explained) {
    List<PairEvidence.Group> groups =
        new ArrayList<>(tabulate("", Grouping.everybody(rows.size()), true));
    for (String name : groupings) {
      groups.addAll(tabulate(name + "=", rows.grouping(name), explained.contains(name)));
    }
    return new PairEvidence(compression, "", auc(), groups);
  }

  private List<PairEvidence.Group> tabulate(String prefix, Grouping grouping, boolean isExplained) {
    GroupTotals all = count(grouping, row -> true);
    GroupTotals selected =
        count(grouping, row -> rows.isFlipped(row) && rows.isSelected(true, row));
    GroupTotals rejected =
        count(grouping, row -> rows.isFlipped(row) && rows.isSelected(false, row));
    Map<String, List<PairEvidence.Change>> rates = new TreeMap<>();
    for (Quantity quantity : Quantity.values()) {
      rates.put(quantity.id(), changes(grouping, quantity));
    }
    List<PairEvidence.@Nullable Shift> moved = shifts(grouping, isExplained);
    return IntStream.range(0, grouping.values().size())
        .mapToObj(
            group -> {
              Map<String, PairEvidence.Change> ofGroup = new TreeMap<>();
              rates.forEach((name, changes) -> ofGroup.put(name, changes.get(group)));
              return new PairEvidence.Group(
                  prefix + grouping.values().get(group),
                  all.n(group),
                  selected.n(group),
                  rejected.n(group),
                  ofGroup,
                  moved.get(group));
            })
        .toList();
  }

  private static GroupTotals count(Grouping grouping, IntPredicate which) {
    return GroupTotals.of(grouping, which, row -> 1);
  }

  private List<PairEvidence.Change> changes(Grouping grouping, Quantity quantity) {
    GroupChanges changes = new GroupChanges(rows, quantity, grouping);
    List<Optional<Estimate>> found = each(grouping, changes::change);
    double level = level(found);
    return IntStream.range(0, found.size())
        .mapToObj(
            group -> {
              long n = changes.n(group);
              Estimate change = found.get(group).orElse(null);
              return new PairEvidence.Change(
                  n,
                  n == 0 ? null : changes.ofParent(group),
                  n == 0 ? null : changes.ofCandidate(group),
                  change == null ? null : change.value(),
                  change == null ? null : change.lower(level),
                  change == null ? null : change.upper(level));
            })
        .toList();
  }

  private List<PairEvidence.@Nullable Shift> shifts(Grouping grouping, boolean isExplained) {
    AttributionShifts known = shifts;
    boolean isFew = grouping.occurring() <= AttributionShifts.MOST_GROUPS;
    List<Optional<Estimate>> found =
        known == null || !isExplained || !isFew
            ? each(grouping, group -> Optional.empty())
            : each(grouping, group -> known.of(grouping, group));
    double level = level(found);
    List<PairEvidence.@Nullable Shift> all = new ArrayList<>();
    for (Optional<Estimate> each : found) {
      all.add(
          each.map(s -> new PairEvidence.Shift(s.n(), s.value(), s.lower(level), s.upper(level)))
              .orElse(null));
    }
    return all;
  }

  private static List<Optional<Estimate>> each(
      Grouping grouping, IntFunction<Optional<Estimate>> measure) {
    return IntStream.range(0, grouping.values().size()).mapToObj(measure).toList();
  }

  /** Returns the level of each bound, so that those of all groups, which share no row, hold. */
  private static double level(List<Optional<Estimate>> found) {
    int k = (int) found.stream().filter(Optional::isPresent).count();
    return k == 0 ? ALPHA / 2 : SimultaneousLevel.of(GateEvidence.identity(k), ALPHA, 2);
  }

  private PairEvidence.@Nullable Change auc() {
    double[] labels = rows.labels();
    double[] candidate = rows.candidateScores();
    double[] parent = rows.parentScores();
    Optional<AucEstimate> before = AucEstimate.of(parent, labels);
    Optional<AucEstimate> after = AucEstimate.of(candidate, labels);
    if (before.isEmpty() || after.isEmpty()) {
      return null;
    }
    return AucDifference.of(candidate, parent, labels)
        .map(
            change ->
                new PairEvidence.Change(
                    labels.length,
                    before.get().value(),
                    after.get().value(),
                    change.value(),
                    change.lower(ALPHA / 2),
                    change.upper(ALPHA / 2)))
        .orElse(null);
  }
}
