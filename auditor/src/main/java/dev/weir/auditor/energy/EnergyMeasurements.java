package dev.weir.auditor.energy;

import dev.weir.auditor.evidence.EvidenceSource;
import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.EnergyTerms;
import dev.weir.contracts.policy.Metric;
import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import dev.weir.model.energy.Grid;
import dev.weir.model.energy.ScoringEnergy;
import dev.weir.model.energy.SoftwareCarbonIntensity;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.Exact;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers the gates on energy, size and carbon.
 *
 * <p>Figures are compared with figures of the same method only: a champion's estimate with a
 * candidate's estimate, and a gate's limit with what the policy says it was set from. Everything
 * else is not assessable, and says so. A sum with an estimate in it is an estimate.
 */
public final class EnergyMeasurements implements EvidenceSource {
  private static final String ALL = "all";
  private static final double THOUSAND = 1000;

  private final EnergyTerms terms;
  private final VersionEnergy candidate;
  private final @Nullable VersionEnergy champion;
  private final @Nullable Estimate gain;

  /**
   * Creates the answers.
   *
   * @param champion what the champion takes; null while there is none
   * @param gain the Brier gain over the champion; null when it is undefined
   */
  public EnergyMeasurements(
      EnergyTerms terms,
      VersionEnergy candidate,
      @Nullable VersionEnergy champion,
      @Nullable Estimate gain) {
    this.terms = terms;
    this.candidate = candidate;
    this.champion = champion;
    this.gain = gain;
  }

  @Override
  public List<Measured> of(Metric metric) {
    return switch (metric) {
      case TRAINING_JOULES ->
          List.of(limited(metric, candidate.trainingMethod(), exact(candidate.trainingJoules())));
      case TRAINING_JOULES_OVER_CHAMPION -> List.of(trainingOverChampion(metric));
      case JOULES_PER_THOUSAND_PREDICTIONS ->
          List.of(metered(metric, ScoringEnergy::method, EnergyMeasurements::joules));
      case JOULES_PER_THOUSAND_PREDICTIONS_OVER_CHAMPION -> List.of(scoringOverChampion(metric));
      case MODEL_BYTES -> List.of(measured(metric, exact(candidate.modelBytes())));
      case MODEL_BYTES_OVER_CHAMPION -> List.of(bytesOverChampion(metric));
      case SCI -> List.of(metered(metric, this::methodOfBoth, this::intensity));
      case BRIER_GAIN_PER_KILOJOULE -> List.of(gainPerKilojoule(metric));
      default -> List.of();
    };
  }

  /** Returns grams of CO₂-equivalent per 1,000 predictions; empty when scoring was not metered. */
  public Optional<Estimate> gramsPerThousandPredictions() {
    return Optional.ofNullable(candidate.scoring()).map(this::intensity);
  }

  private Metered intensity(ScoringEnergy scoring) {
    double thousands = terms.predictions() / THOUSAND;
    Grid grid = new Grid(terms.gramsPerKilowattHour(), terms.powerUsageEffectiveness());
    EnergyTerms.Embodied hardware = terms.embodied();
    double embodied =
        SoftwareCarbonIntensity.embodiedGrams(
            hardware.grams(), hardware.hours(), hardware.lifetimeHours(), hardware.share());
    double once = SoftwareCarbonIntensity.of(candidate.trainingJoules(), grid, embodied, thousands);
    return joules(scoring).scaled(grid.grams(1), once);
  }

  private EnergyMethod methodOfBoth(ScoringEnergy scoring) {
    return candidate.trainingMethod() == EnergyMethod.MEASURED
        ? scoring.method()
        : EnergyMethod.ESTIMATED;
  }

  private Measured metered(
      Metric metric,
      Function<ScoringEnergy, EnergyMethod> method,
      Function<ScoringEnergy, Metered> figure) {
    ScoringEnergy scoring = candidate.scoring();
    return scoring == null
        ? Measured.undefined(metric, ALL, 0, "there is no row to score")
        : limited(metric, method.apply(scoring), figure.apply(scoring));
  }

  private Measured trainingOverChampion(Metric metric) {
    if (champion == null) {
      return withoutChampion(metric);
    }
    if (champion.trainingMethod() != candidate.trainingMethod()) {
      return unlike(metric, candidate.trainingMethod(), champion.trainingMethod());
    }
    return ratio(metric, VersionEnergy::trainingJoules);
  }

  private Measured bytesOverChampion(Metric metric) {
    return champion == null ? withoutChampion(metric) : ratio(metric, VersionEnergy::modelBytes);
  }

  private Measured ratio(Metric metric, ToDoubleFunction<VersionEnergy> figure) {
    double other = champion == null ? 0 : figure.applyAsDouble(champion);
    return other > 0
        ? measured(metric, exact(figure.applyAsDouble(candidate) / other))
        : Measured.notAssessable(metric, ALL, "the champion's figure is 0");
  }

  private Measured scoringOverChampion(Metric metric) {
    ScoringEnergy ours = candidate.scoring();
    ScoringEnergy theirs = champion == null ? null : champion.scoring();
    if (champion == null) {
      return withoutChampion(metric);
    }
    if (ours == null || theirs == null) {
      return Measured.undefined(metric, ALL, 0, "there is no row to score");
    }
    return ours.method() == theirs.method()
        ? measured(metric, MeteredRatio.of(joules(ours).mean(), joules(theirs).mean()))
        : unlike(metric, ours.method(), theirs.method());
  }

  private Measured gainPerKilojoule(Metric metric) {
    if (champion == null) {
      return withoutChampion(metric);
    }
    if (gain == null) {
      return Measured.undefined(metric, ALL, 0, "the Brier gain over the champion is undefined");
    }
    double kilojoules = candidate.trainingJoules() / THOUSAND;
    return kilojoules > 0
        ? limited(metric, candidate.trainingMethod(), new PerKilojoule(gain, kilojoules))
        : Measured.notAssessable(metric, ALL, "training took 0 J by its meter");
  }

  /** A limit in joules was set from figures of one method, where the policy says so. */
  private Measured limited(Metric metric, EnergyMethod method, Estimate estimate) {
    EnergyTerms.Method wanted = terms.limitsFrom();
    return wanted == null || wanted.name().equals(method.name())
        ? measured(metric, estimate)
        : Measured.notAssessable(
            metric,
            ALL,
            "the policy's limits are from figures that were "
                + wanted
                + ", this one was "
                + method
                + "; estimates are compared with estimates only");
  }

  private static Measured withoutChampion(Metric metric) {
    return Measured.notAssessable(metric, ALL, "there is no champion");
  }

  private static Measured unlike(Metric metric, EnergyMethod ours, EnergyMethod theirs) {
    return Measured.notAssessable(
        metric,
        ALL,
        "the candidate's figure was "
            + ours
            + ", the champion's "
            + theirs
            + "; estimates are compared with estimates only");
  }

  private static Measured measured(Metric metric, Estimate estimate) {
    return Measured.of(metric, ALL, estimate.n(), estimate);
  }

  private static Exact exact(double value) {
    return new Exact(value, 1);
  }

  private static Metered joules(ScoringEnergy scoring) {
    return new Metered(
        new MeanEstimate(
            scoring.joulesPerThousand(),
            scoring.standardError(),
            scoring.rounds() - 1.0,
            scoring.predictions()));
  }
}
