package dev.weir.auditor.evidence;

import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.Metric;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.MeanEstimate;
import dev.weir.statistics.interval.ProportionEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Measures what gates ask for. Undefined is undefined, never zero: a missing class, a group with
 * fewer than two rows, or a decision that is the same for everybody gives no estimate.
 *
 * <p>The others of a group are the rows with another value of its grouping; a row without a value
 * is on neither side.
 */
public final class Measurements {
  private static final String ALL = "all";

  private final ScoredRows rows;
  private final ModelManifest manifest;

  /** Creates the measurements of a candidate with this manifest. */
  public Measurements(ScoredRows rows, ModelManifest manifest) {
    this.rows = rows;
    this.manifest = manifest;
  }

  /** Returns what a gate asks for: one quantity, or one per value of its grouping. */
  public List<Measured> of(Gate gate) {
    String grouping = gate.groups();
    if (grouping == null) {
      return List.of(overall(gate.metric()));
    }
    List<Measured> measured = new ArrayList<>();
    for (String value : rows.values(grouping)) {
      measured.add(grouped(gate.metric(), grouping, value));
    }
    return measured.isEmpty()
        ? List.of(Measured.undefined(gate.metric(), grouping, 0, "no row has this group"))
        : measured;
  }

  private Measured overall(Metric metric) {
    int n = rows.size();
    switch (metric) {
      case AUC:
        return AucEstimate.of(rows.candidate(), rows.labels())
            .map(auc -> Measured.of(metric, ALL, n, auc))
            .orElseGet(() -> Measured.undefined(metric, ALL, n, "a class has fewer than two rows"));
      case BRIER_GAIN_OVER_BASE_RATE:
        return mean(
            metric,
            ALL,
            row -> true,
            row -> ScoredRows.square(manifest.baseRate() - rows.y(row)) - rows.brier(row));
      case BRIER_GAIN_OVER_CHAMPION:
        return rows.champion()
            .map(
                p ->
                    mean(
                        metric,
                        ALL,
                        row -> true,
                        row -> ScoredRows.square(p[row] - rows.y(row)) - rows.brier(row)))
            .orElseGet(() -> Measured.undefined(metric, ALL, n, "there is no champion"));
      case TRAINING_JOULES:
        return Measured.of(metric, ALL, n, new Exact(manifest.energyJoules(), n));
      default:
        return within(metric, ALL, row -> true);
    }
  }

  private Measured grouped(Metric metric, String grouping, String value) {
    String group = grouping + "=" + value;
    IntPredicate inside = row -> rows.isIn(row, grouping, value);
    IntPredicate others = row -> rows.hasGroup(row, grouping) && !inside.test(row);
    switch (metric) {
      case CALIBRATION_GAP_DIFFERENCE:
        return difference(metric, group, inside, others, row -> rows.p(row) - rows.y(row));
      case BRIER_DIFFERENCE:
        return difference(metric, group, inside, others, rows::brier);
      default:
        return within(metric, group, inside);
    }
  }

  private Measured within(Metric metric, String group, IntPredicate inside) {
    switch (metric) {
      case CALIBRATION_GAP:
        return mean(metric, group, inside, row -> rows.p(row) - rows.y(row));
      case SELECTION_RATE:
        return rate(metric, group, inside);
      case TRUE_POSITIVE_RATE:
        return rate(metric, group, inside.and(row -> rows.y(row) == 1));
      case FALSE_POSITIVE_RATE:
        return rate(metric, group, inside.and(row -> rows.y(row) == 0));
      default:
        return Measured.undefined(
            metric, group, count(inside), metric + " needs the rows of all groups");
    }
  }

  private Measured mean(
      Metric metric, String group, IntPredicate inside, IntToDoubleFunction value) {
    double[] values = values(inside, value);
    return values.length < 2
        ? Measured.undefined(metric, group, values.length, "fewer than two rows")
        : estimated(metric, group, values.length, MeanEstimate.of(values));
  }

  private Measured difference(
      Metric metric,
      String group,
      IntPredicate inside,
      IntPredicate outside,
      IntToDoubleFunction value) {
    double[] ours = values(inside, value);
    double[] others = values(outside, value);
    if (ours.length < 2 || others.length < 2) {
      return Measured.undefined(metric, group, ours.length, "fewer than two rows on one side");
    }
    return estimated(metric, group, ours.length, MeanEstimate.difference(ours, others));
  }

  /** Values that are all the same say nothing of how far the next one may lie. */
  private static Measured estimated(Metric metric, String group, int n, Estimate estimate) {
    return estimate.standardError() > 0
        ? Measured.of(metric, group, n, estimate)
        : Measured.undefined(metric, group, n, "all " + n + " values are the same");
  }

  private Measured rate(Metric metric, String group, IntPredicate inside) {
    double threshold = manifest.decisionThreshold();
    long selected = count(row -> rows.p(row) >= threshold);
    long n = count(inside);
    if (selected == 0 || selected == rows.size()) {
      return Measured.undefined(
          metric, group, n, "the decision is the same for all " + rows.size() + " rows");
    }
    if (n == 0) {
      return Measured.undefined(metric, group, 0, "no such row");
    }
    long hits = count(inside.and(row -> rows.p(row) >= threshold));
    return Measured.of(metric, group, n, new ProportionEstimate(hits, n));
  }

  private double[] values(IntPredicate which, IntToDoubleFunction value) {
    return IntStream.range(0, rows.size()).filter(which).mapToDouble(value).toArray();
  }

  private long count(IntPredicate which) {
    return IntStream.range(0, rows.size()).filter(which).count();
  }
}
