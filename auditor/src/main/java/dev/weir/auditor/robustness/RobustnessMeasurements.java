package dev.weir.auditor.robustness;

import dev.weir.auditor.evidence.EvidenceSource;
import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.Metric;
import dev.weir.statistics.interval.Exact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers gates on robustness from the bands of attacks, for all rows at once. */
public final class RobustnessMeasurements implements EvidenceSource {
  private static final String ALL = "all";
  private static final Map<Metric, Attack> ATTACKS =
      Map.of(
          Metric.NOISE_FLIP_RATE, Attack.NOISE,
          Metric.MISSING_FLIP_RATE, Attack.MISSING,
          Metric.SWAP_FLIP_RATE, Attack.SWAP,
          Metric.ADVERSARIAL_FLIP_RATE, Attack.ADVERSARIAL);

  private final Map<Attack, ScoreBand> bands;
  private final List<ExtremeInput> extremes;
  private final double threshold;

  /**
   * Creates the answers.
   *
   * @param bands by attack; one that is absent had nothing to disturb
   * @param extremes what inputs beyond all ranges did; empty when there was no row
   * @param threshold a row is decided positive when its score is ≥ this
   */
  public RobustnessMeasurements(
      Map<Attack, ScoreBand> bands, List<ExtremeInput> extremes, double threshold) {
    this.bands = Map.copyOf(bands);
    this.extremes = List.copyOf(extremes);
    this.threshold = threshold;
  }

  @Override
  public List<Measured> of(Metric metric) {
    if (metric == Metric.OUT_OF_RANGE_FAILURES) {
      return List.of(failures(metric));
    }
    Attack attack = ATTACKS.get(metric);
    return attack == null ? List.of() : List.of(flipRate(metric, bands.get(attack)));
  }

  private Measured failures(Metric metric) {
    if (extremes.isEmpty()) {
      return Measured.undefined(metric, ALL, 0, "there is no row to disturb");
    }
    long failed = extremes.stream().filter(ExtremeInput::hasFailed).count();
    return Measured.of(metric, ALL, extremes.size(), new Exact(failed, extremes.size()));
  }

  private Measured flipRate(Metric metric, @Nullable ScoreBand band) {
    if (band == null) {
      return Measured.notAssessable(metric, ALL, "the features have nothing to disturb so");
    }
    if (band.size() == 0) {
      return Measured.undefined(metric, ALL, 0, "there is no row to disturb");
    }
    if (isConstant(band)) {
      return Measured.undefined(
          metric, ALL, band.size(), "the decision is the same for all " + band.size() + " rows");
    }
    return Measured.of(metric, ALL, band.size(), AttackResult.flips(band, threshold));
  }

  private boolean isConstant(ScoreBand band) {
    boolean first = band.base(0) >= threshold;
    for (int i = 1; i < band.size(); i++) {
      if (band.base(i) >= threshold != first) {
        return false;
      }
    }
    return true;
  }
}
