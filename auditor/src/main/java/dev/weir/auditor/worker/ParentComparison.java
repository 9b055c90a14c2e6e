package dev.weir.auditor.worker;

import dev.weir.auditor.evidence.GateEvidence;
import dev.weir.auditor.evidence.Groupings;
import dev.weir.auditor.evidence.Measured;
import dev.weir.auditor.evidence.PairSource;
import dev.weir.auditor.pair.AttributionShifts;
import dev.weir.auditor.pair.PairEvidence;
import dev.weir.auditor.pair.PairMeasurements;
import dev.weir.auditor.pair.PairTable;
import dev.weir.auditor.pair.PairedRows;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Policy;
import dev.weir.model.artifact.Compression;
import dev.weir.model.scoring.OnnxScorer;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A compressed candidate beside the version it was made from, on the rows that judge, or why the
 * two cannot be compared. Explains rows when it is asked, so it must be open then.
 */
final class ParentComparison implements PairSource, AutoCloseable {
  private final Compression compression;
  private final String refusal;
  private final @Nullable Pair pair;

  private ParentComparison(Compression compression, String refusal, @Nullable Pair pair) {
    this.compression = compression;
    this.refusal = refusal;
    this.pair = pair;
  }

  /**
   * Both versions.
   *
   * @param parent scores as the parent does, closed with the comparison
   * @param shifts of the attributions; null where the candidate has no background
   */
  record Pair(OnnxScorer parent, PairedRows rows, @Nullable AttributionShifts shifts) {}

  static ParentComparison of(Compression compression, Pair pair) {
    return new ParentComparison(compression, "", pair);
  }

  static ParentComparison refused(Compression compression, String why) {
    return new ParentComparison(compression, why, null);
  }

  @Override
  public GateEvidence of(Gate gate) {
    if (pair != null) {
      return new PairMeasurements(pair.rows, pair.shifts).of(gate);
    }
    String group = Objects.requireNonNullElse(gate.groups(), "all");
    return GateEvidence.of(Measured.notAssessable(gate.metric(), group, refusal));
  }

  /** Returns the parent's probabilities; null where it is no fair measure. */
  double @Nullable [] parentScores() {
    return pair == null ? null : pair.rows.parentScores();
  }

  /**
   * Returns the table of every group.
   *
   * @param policy whose gates say in which groupings attributions are compared
   */
  PairEvidence evidence(Groupings groupings, Policy policy) {
    if (pair == null) {
      return PairEvidence.refused(compression, refusal);
    }
    Set<String> explained = new TreeSet<>();
    for (Gate gate : policy.gates()) {
      if (gate.groups() != null && gate.metric() == Metric.ATTRIBUTION_SHIFT) {
        explained.add(gate.groups());
      }
    }
    return new PairTable(pair.rows, pair.shifts).of(compression, groupings.names(), explained);
  }

  @Override
  public void close() {
    if (pair != null) {
      pair.parent.close();
    }
  }
}
