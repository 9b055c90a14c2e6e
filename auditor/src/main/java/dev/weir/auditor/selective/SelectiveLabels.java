package dev.weir.auditor.selective;

import dev.weir.auditor.evidence.Decisions;
import dev.weir.auditor.evidence.GateEvidence;
import dev.weir.auditor.evidence.GroupTotals;
import dev.weir.auditor.evidence.Grouping;
import dev.weir.auditor.evidence.Measured;
import dev.weir.auditor.evidence.Measurements;
import dev.weir.auditor.evidence.ScoredRows;
import dev.weir.auditor.evidence.UnobservedSource;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.statistics.group.DecisionMetric;
import dev.weir.statistics.group.GroupTally;
import dev.weir.statistics.group.Predictions;
import dev.weir.statistics.group.ScoreMetric;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows without a label beside those that judge, and bounds what the candidate's figures
 * can be over both: the worst cases of {@link GroupTally#worstCase}. A share of missing labels that
 * differs between groups makes the judging rows say less of one than of the other.
 */
public final class SelectiveLabels implements UnobservedSource {
  private static final Map<String, String> FIGURES = new LinkedHashMap<>();

  static {
    FIGURES.put("truePositiveRate", DecisionMetric.TRUE_POSITIVE_RATE.id());
    FIGURES.put("falsePositiveRate", DecisionMetric.FALSE_POSITIVE_RATE.id());
    FIGURES.put("accuracy", DecisionMetric.ACCURACY.id());
    FIGURES.put("calibrationGap", ScoreMetric.CALIBRATION_GAP.id());
    FIGURES.put("brier", ScoreMetric.BRIER.id());
  }

  private final ScoredRows rows;
  private final Measurements measurements;
  private final Predictions predictions;
  private final SelectiveEvidence evidence;
  private final Map<String, SelectiveEvidence.Group> byName = new TreeMap<>();

  private SelectiveLabels(
      ScoredRows rows,
      Measurements measurements,
      Predictions predictions,
      MissingLabels.Decision observedWhen,
      Collection<String> groupings) {
    this.rows = rows;
    this.measurements = measurements;
    this.predictions = predictions;
    List<SelectiveEvidence.Group> groups =
        new ArrayList<>(groups("", Grouping.everybody(rows.size())));
    groupings.forEach(name -> groups.addAll(groups(name + "=", rows.grouping(name))));
    this.evidence = new SelectiveEvidence(observedWhen, groups);
    groups.forEach(group -> byName.put(group.group(), group));
  }

  /**
   * Returns what is known.
   *
   * @param rows those that judge and those without a label, which is NaN
   * @param manifest the candidate's, which says how it decides
   * @param observedWhen the decision without which no label can come
   * @param groupings names of the groupings to tabulate
   */
  public static SelectiveLabels of(
      ScoredRows rows,
      ModelManifest manifest,
      MissingLabels.Decision observedWhen,
      Collection<String> groupings) {
    Decisions decisions = Decisions.of(rows, manifest);
    double[] labels = rows.labels();
    byte[] known = new byte[labels.length];
    byte[] decided = new byte[labels.length];
    for (int row = 0; row < labels.length; row++) {
      known[row] = Double.isNaN(labels[row]) ? Predictions.UNLABELLED : (byte) labels[row];
      decided[row] = (byte) (decisions.isSelected(row) ? 1 : 0);
    }
    Predictions predictions = Predictions.of(known, decided, rows.candidate(), null);
    return new SelectiveLabels(
        rows, new Measurements(rows, manifest), predictions, observedWhen, groupings);
  }

  /** Returns the table for the reports. */
  public SelectiveEvidence evidence() {
    return evidence;
  }

  private List<SelectiveEvidence.Group> groups(String prefix, Grouping grouping) {
    int count = grouping.values().size();
    // Rows without a value make a group of their own, which nobody asks for.
    int[] codes = Arrays.stream(grouping.codes()).map(code -> code < 0 ? count : code).toArray();
    GroupTally tally = GroupTally.of(predictions, predictions.inOrder(codes), count + 1);
    return IntStream.range(0, count)
        .mapToObj(group -> group(prefix + grouping.values().get(group), tally, group))
        .toList();
  }

  private static SelectiveEvidence.Group group(String name, GroupTally tally, int group) {
    Map<String, Optional<Estimate>> observed = tally.metrics(group);
    Map<String, Interval> worstCase = tally.worstCase(group);
    Map<String, SelectiveEvidence.Bounded> figures = new TreeMap<>();
    FIGURES.forEach(
        (figure, id) -> figures.put(figure, bounded(value(observed, id), worstCase.get(id))));
    long unobserved = tally.unlabelled(group);
    long all = tally.rows(group);
    return new SelectiveEvidence.Group(
        name,
        all - unobserved,
        unobserved,
        all == 0 ? null : (double) unobserved / all,
        value(observed, DecisionMetric.SELECTION_RATE.id()),
        figures);
  }

  private static @Nullable Double value(Map<String, Optional<Estimate>> figures, String id) {
    return figures.getOrDefault(id, Optional.empty()).map(Estimate::value).orElse(null);
  }

  /** Where each row has a label, there is no worse case than what was observed. */
  private static SelectiveEvidence.Bounded bounded(
      @Nullable Double observed, @Nullable Interval worstCase) {
    return worstCase == null
        ? new SelectiveEvidence.Bounded(observed, observed, observed)
        : new SelectiveEvidence.Bounded(observed, worstCase.lower(), worstCase.upper());
  }

  @Override
  public GateEvidence of(Gate gate) {
    return gate.metric() == Metric.UNOBSERVED_SHARE ? shares(gate) : measurements.of(gate);
  }

  private GateEvidence shares(Gate gate) {
    String name = gate.groups();
    Grouping grouping = name == null ? Grouping.everybody(rows.size()) : rows.grouping(name);
    String prefix = name == null ? "" : name + "=";
    if (rows.size() == 0 || grouping.values().isEmpty()) {
      String label = name == null ? "all" : name;
      return GateEvidence.of(Measured.notAssessable(gate.metric(), label, "there is no row"));
    }
    double[] labels = rows.labels();
    GroupTotals totals =
        GroupTotals.of(grouping, row -> true, row -> Double.isNaN(labels[row]) ? 1 : 0);
    List<Measured> measured = new ArrayList<>();
    for (int group = 0; group < totals.groups(); group++) {
      String label = prefix + grouping.values().get(group);
      long n = totals.n(group);
      measured.add(
          n == 0
              ? Measured.notAssessable(gate.metric(), label, "no row has this group")
              : Measured.of(gate.metric(), label, n, totals.share(group)));
    }
    return new GateEvidence(measured, totals.correlationOfGroups());
  }

  @Override
  public String caveat(String group) {
    SelectiveEvidence.Group known = byName.getOrDefault(group, byName.get("all"));
    Double share = known == null ? null : known.unobservedShare();
    return share == null || share == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "of observed labels only: decisions prevented those of %.1f %% of these rows",
            100 * share);
  }
}
