package dev.weir.auditor.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.EnergyTerms;
import dev.weir.contracts.policy.Metric;
import dev.weir.model.artifact.ModelManifest.EnergyMethod;
import dev.weir.model.energy.ScoringEnergy;
import dev.weir.statistics.interval.Estimate;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnergyMeasurementsTest {
  private static final VersionEnergy CANDIDATE =
      version(500, EnergyMethod.ESTIMATED, scoring(0.02, EnergyMethod.ESTIMATED), 3000);
  private static final VersionEnergy CHAMPION =
      version(400, EnergyMethod.ESTIMATED, scoring(0.01, EnergyMethod.ESTIMATED), 2000);
  private static final MeanEstimate GAIN = new MeanEstimate(0.01, 0.002, 300, 301);

  @Test
  void everyFigureIsThere() {
    EnergyMeasurements energy = measurements(EnergyTerms.DEFAULT, CANDIDATE, CHAMPION);

    assertThat(value(energy, Metric.TRAINING_JOULES)).isEqualTo(500);
    assertThat(value(energy, Metric.TRAINING_JOULES_OVER_CHAMPION)).isEqualTo(1.25);
    assertThat(value(energy, Metric.JOULES_PER_THOUSAND_PREDICTIONS)).isEqualTo(0.02);
    assertThat(value(energy, Metric.JOULES_PER_THOUSAND_PREDICTIONS_OVER_CHAMPION))
        .isCloseTo(2, within(1e-12));
    assertThat(value(energy, Metric.MODEL_BYTES)).isEqualTo(3000);
    assertThat(value(energy, Metric.MODEL_BYTES_OVER_CHAMPION)).isEqualTo(1.5);
    assertThat(value(energy, Metric.BRIER_GAIN_PER_KILOJOULE)).isCloseTo(0.02, within(1e-12));
    assertThat(energy.of(Metric.AUC)).isEmpty();
  }

  /**
   * 1,000 predictions take 0.02 J and a thousandth of the training's 500 J, at 475 g per 3.6 MJ.
   */
  @Test
  void intensitySpreadsTheTrainingOverThePredictions() {
    EnergyMeasurements energy = measurements(EnergyTerms.DEFAULT, CANDIDATE, CHAMPION);

    assertThat(value(energy, Metric.SCI)).isCloseTo(0.52 * 475 / 3.6e6, within(1e-15));
    assertThat(energy.gramsPerThousandPredictions().orElseThrow().standardError())
        .isCloseTo(0.001 * 475 / 3.6e6, within(1e-15));
  }

  @Test
  void intensityTakesGridSiteAndHardwareFromThePolicy() {
    EnergyTerms terms =
        new EnergyTerms(
            null, 56.039, 1.2, 500_000, new EnergyTerms.Embodied(1e6, 2, 35_040, 0.0625));

    double joules = 0.02 + 500 / 500.0;
    double embodied = 1e6 * 2 / 35_040 / 16 / 500;

    assertThat(value(measurements(terms, CANDIDATE, CHAMPION), Metric.SCI))
        .isCloseTo(joules * 1.2 * 56.039 / 3.6e6 + embodied, within(1e-12));
  }

  @Test
  void boundsAreOfTheMeterAndDoNotNarrowWithRows() {
    Estimate joules = estimate(CANDIDATE, Metric.JOULES_PER_THOUSAND_PREDICTIONS);
    Estimate ratio = estimate(CANDIDATE, Metric.JOULES_PER_THOUSAND_PREDICTIONS_OVER_CHAMPION);

    assertThat(joules.upper(0.05)).isCloseTo(0.02 + 1.833 * 0.001, within(1e-5));
    assertThat(joules.projected(100)).isEqualTo(joules);
    assertThat(ratio.lower(0.05)).isLessThan(2).isGreaterThan(1.6);
    assertThat(ratio.upper(0.05)).isGreaterThan(2).isLessThan(2.5);
  }

  @Test
  void measuredIsNotComparedWithEstimated() {
    VersionEnergy measured =
        version(500, EnergyMethod.MEASURED, scoring(0.02, EnergyMethod.MEASURED), 3000);
    EnergyMeasurements energy = measurements(EnergyTerms.DEFAULT, measured, CHAMPION);

    for (Metric metric :
        List.of(
            Metric.TRAINING_JOULES_OVER_CHAMPION,
            Metric.JOULES_PER_THOUSAND_PREDICTIONS_OVER_CHAMPION)) {
      Measured found = energy.of(metric).get(0);
      assertThat(found.isAssessable()).isFalse();
      assertThat(found.undefined()).contains("MEASURED", "ESTIMATED", "estimates only");
    }
    assertThat(value(energy, Metric.MODEL_BYTES_OVER_CHAMPION)).isEqualTo(1.5);
  }

  @Test
  void limitsFromACounterDoNotJudgeEstimates() {
    EnergyTerms terms = terms(EnergyTerms.Method.MEASURED);
    EnergyMeasurements energy = measurements(terms, CANDIDATE, CHAMPION);

    for (Metric metric :
        List.of(
            Metric.TRAINING_JOULES,
            Metric.JOULES_PER_THOUSAND_PREDICTIONS,
            Metric.SCI,
            Metric.BRIER_GAIN_PER_KILOJOULE)) {
      assertThat(energy.of(metric).get(0).undefined()).contains("limits", "MEASURED", "ESTIMATED");
    }
    assertThat(
            value(
                measurements(terms(EnergyTerms.Method.ESTIMATED), CANDIDATE, CHAMPION),
                Metric.TRAINING_JOULES))
        .isEqualTo(500);
  }

  /** Measured training and estimated scoring add up to an estimate. */
  @Test
  void aSumWithAnEstimateIsAnEstimate() {
    VersionEnergy mixed =
        version(500, EnergyMethod.MEASURED, scoring(0.02, EnergyMethod.ESTIMATED), 3000);
    EnergyMeasurements energy = measurements(terms(EnergyTerms.Method.MEASURED), mixed, CHAMPION);

    assertThat(energy.of(Metric.TRAINING_JOULES).get(0).estimate()).isNotNull();
    assertThat(energy.of(Metric.SCI).get(0).isAssessable()).isFalse();
  }

  @Test
  void withoutChampionOrRowsThereIsNothingToCompare() {
    EnergyMeasurements alone = measurements(EnergyTerms.DEFAULT, CANDIDATE, null);
    EnergyMeasurements unmetered =
        measurements(EnergyTerms.DEFAULT, version(1, EnergyMethod.ESTIMATED, null, 9), CHAMPION);
    EnergyMeasurements withoutGain =
        new EnergyMeasurements(EnergyTerms.DEFAULT, CANDIDATE, CHAMPION, null);

    assertThat(alone.of(Metric.BRIER_GAIN_PER_KILOJOULE).get(0).undefined())
        .contains("no champion");
    assertThat(alone.of(Metric.TRAINING_JOULES_OVER_CHAMPION).get(0).isAssessable()).isFalse();
    assertThat(unmetered.of(Metric.SCI).get(0).undefined()).contains("no row");
    assertThat(unmetered.gramsPerThousandPredictions()).isEmpty();
    assertThat(withoutGain.of(Metric.BRIER_GAIN_PER_KILOJOULE).get(0).estimate()).isNull();
  }

  private static EnergyMeasurements measurements(
      EnergyTerms terms, VersionEnergy candidate, VersionEnergy champion) {
    return new EnergyMeasurements(terms, candidate, champion, GAIN);
  }

  private static Estimate estimate(VersionEnergy candidate, Metric metric) {
    return measurements(EnergyTerms.DEFAULT, candidate, CHAMPION).of(metric).get(0).estimate();
  }

  private static double value(EnergyMeasurements energy, Metric metric) {
    return energy.of(metric).get(0).estimate().value();
  }

  private static EnergyTerms terms(EnergyTerms.Method limitsFrom) {
    return new EnergyTerms(limitsFrom, 475, 1, 1000, EnergyTerms.Embodied.NONE);
  }

  private static VersionEnergy version(
      double joules, EnergyMethod method, ScoringEnergy scoring, long bytes) {
    return new VersionEnergy(joules, method, "test", scoring, bytes);
  }

  private static ScoringEnergy scoring(double joules, EnergyMethod method) {
    return new ScoringEnergy(joules, 0.05 * joules, 10, 1, 10_000, 0.2, method, "test");
  }
}
