package dev.weir.auditor.evidence;

import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.Metric;
import dev.weir.model.artifact.ModelManifest;
import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Exact;
import dev.weir.statistics.interval.ProportionEstimate;
import dev.weir.statistics.interval.SkewedMean;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures what gates ask for. Undefined is undefined, never zero: a missing class, a group with
 * fewer than two rows, or a decision that is the same for everybody gives no estimate.
 *
 * <p>The others of a group are the rows with another value of its grouping; a row without a value
 * is on neither side.
 */
public final class Measurements {
  private static final String ALL = "all";
  private static final Set<Metric> NEED_NO_LABEL =
      Collections.unmodifiableSet(
          EnumSet.of(
              Metric.UNOBSERVED_SHARE,
              Metric.SELECTION_RATE,
              Metric.SELECTION_RATE_DIFFERENCE,
              Metric.SELECTION_RATE_RATIO));

  private final ScoredRows rows;
  private final ModelManifest manifest;
  private final List<EvidenceSource> sources;
  private final Decisions decisions;
  private final @Nullable PairSource pair;
  private final @Nullable UnobservedSource unobserved;

  /** Creates the measurements of a candidate with this manifest. */
  public Measurements(ScoredRows rows, ModelManifest manifest) {
    this(rows, manifest, List.of(), null, null);
  }

  private Measurements(
      ScoredRows rows,
      ModelManifest manifest,
      List<EvidenceSource> sources,
      @Nullable PairSource pair,
      @Nullable UnobservedSource unobserved) {
    this.rows = rows;
    this.manifest = manifest;
    this.decisions = Decisions.of(rows, manifest);
    this.sources = sources;
    this.pair = pair;
    this.unobserved = unobserved;
  }

  /** Returns these measurements and, before them, what the sources know. */
  public Measurements with(List<EvidenceSource> more) {
    return new Measurements(rows, manifest, List.copyOf(more), pair, unobserved);
  }

  /** Returns these measurements of a compressed candidate, and those against its parent. */
  public Measurements inPairs(PairSource parent) {
    return new Measurements(rows, manifest, sources, parent, unobserved);
  }

  /**
   * Returns these measurements, and what is known of the rows without a label.
   *
   * @param rowsWithoutLabel null where labels do not depend on decisions
   */
  public Measurements beside(@Nullable UnobservedSource rowsWithoutLabel) {
    return new Measurements(rows, manifest, sources, pair, rowsWithoutLabel);
  }

  /** Returns whether the candidate is compressed, and so is asked for what changed. */
  public boolean areInPairs() {
    return pair != null;
  }

  /** Returns the Brier gain over the champion; empty without one, or when it is undefined. */
  public Optional<Estimate> brierGainOverChampion() {
    return Optional.ofNullable(gainOverChampion(Metric.BRIER_GAIN_OVER_CHAMPION).estimate());
  }

  /** Returns what a gate asks for: one quantity, or one per value of its grouping. */
  public GateEvidence of(Gate gate) {
    if (unobserved != null && NEED_NO_LABEL.contains(gate.metric())) {
      return unobserved.of(gate);
    }
    if (gate.metric() == Metric.UNOBSERVED_SHARE) {
      return ofNoDecisions(gate);
    }
    GateEvidence found = ofJudging(gate);
    boolean isOfRows = gate.metric().scope() != Metric.Scope.VERSION;
    return unobserved == null || !isOfRows ? found : found.but(unobserved::caveat);
  }

  private static GateEvidence ofNoDecisions(Gate gate) {
    String why = "the spec does not say that labels depend on decisions (events.observedWhen)";
    return GateEvidence.of(Measured.notAssessable(gate.metric(), ALL, why));
  }

  private GateEvidence ofJudging(Gate gate) {
    String grouping = gate.groups();
    if (gate.metric().isAgainstParent()) {
      return pair == null ? ofNoPair(gate) : pair.of(gate);
    }
    if (grouping == null) {
      List<Measured> found =
          sources.stream().flatMap(source -> source.of(gate.metric()).stream()).toList();
      return found.isEmpty()
          ? GateEvidence.of(overall(gate.metric()))
          : GateEvidence.independent(found);
    }
    return new GroupMeasurements(rows, decisions, gate.metric(), grouping).measure();
  }

  private static GateEvidence ofNoPair(Gate gate) {
    String why = "the candidate was not made from another version";
    return GateEvidence.of(Measured.notAssessable(gate.metric(), ALL, why));
  }

  private Measured overall(Metric metric) {
    return switch (metric) {
      case AUC -> auc(metric);
      case BRIER_GAIN_OVER_BASE_RATE ->
          mean(
              metric,
              row -> ScoredRows.square(manifest.baseRate() - rows.y(row)) - rows.brier(row));
      case BRIER_GAIN_OVER_CHAMPION -> gainOverChampion(metric);
      case CALIBRATION_GAP -> mean(metric, row -> rows.p(row) - rows.y(row));
      case SELECTION_RATE -> rate(metric, row -> true, decisions::isSelected);
      case ACCURACY ->
          rate(metric, row -> true, row -> decisions.isSelected(row) == (rows.y(row) == 1));
      case TRUE_POSITIVE_RATE -> rate(metric, row -> rows.y(row) == 1, decisions::isSelected);
      case FALSE_POSITIVE_RATE -> rate(metric, row -> rows.y(row) == 0, decisions::isSelected);
      case TRAINING_JOULES ->
          Measured.of(metric, ALL, rows.size(), new Exact(manifest.energyJoules(), rows.size()));
      default ->
          Measured.notAssessable(metric, ALL, metric + " was not measured of this candidate");
    };
  }

  private Measured auc(Metric metric) {
    return AucEstimate.of(rows.candidate(), rows.labels())
        .map(auc -> Measured.of(metric, ALL, rows.size(), auc))
        .orElseGet(() -> undefined(metric, rows.size(), "a class has fewer than two rows"));
  }

  private Measured gainOverChampion(Metric metric) {
    return rows.champion()
        .map(p -> mean(metric, row -> ScoredRows.square(p[row] - rows.y(row)) - rows.brier(row)))
        .orElseGet(() -> Measured.notAssessable(metric, ALL, "there is no champion"));
  }

  private Measured mean(Metric metric, IntToDoubleFunction value) {
    double[] values = IntStream.range(0, rows.size()).mapToDouble(value).toArray();
    if (values.length < 2) {
      return undefined(metric, values.length, "fewer than two rows");
    }
    SkewedMean mean = SkewedMean.of(values);
    return mean.standardError() > 0
        ? Measured.of(metric, ALL, values.length, mean)
        : undefined(metric, values.length, "all " + values.length + " values are the same");
  }

  private Measured rate(Metric metric, IntPredicate which, IntPredicate hit) {
    int[] counted = IntStream.range(0, rows.size()).filter(which).toArray();
    if (decisions.areConstant()) {
      return undefined(metric, counted.length, decisions.constant());
    }
    if (counted.length == 0) {
      return undefined(metric, 0, "no such row");
    }
    long hits = IntStream.of(counted).filter(hit).count();
    return Measured.of(metric, ALL, counted.length, new ProportionEstimate(hits, counted.length));
  }

  private static Measured undefined(Metric metric, long n, String why) {
    return Measured.undefined(metric, ALL, n, why);
  }
}
