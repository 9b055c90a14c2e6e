package dev.weir.auditor.explanation;

import dev.weir.auditor.evidence.EvidenceSource;
import dev.weir.auditor.evidence.Measured;
import dev.weir.contracts.policy.Metric;
import dev.weir.statistics.interval.Exact;
import dev.weir.statistics.interval.MeanEstimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers gates on how far a candidate's explanations can be trusted. */
public final class ExplanationMeasurements implements EvidenceSource {
  private static final String ALL = "all";

  private final @Nullable ExplanationEvidence evidence;

  /**
   * Creates the answers.
   *
   * @param evidence null when the candidate was not explained
   */
  public ExplanationMeasurements(@Nullable ExplanationEvidence evidence) {
    this.evidence = evidence;
  }

  @Override
  public List<Measured> of(Metric metric) {
    return switch (metric) {
      case EXPLANATION_STANDARD_ERROR,
          EXPLANATION_ADDITIVITY_GAP,
          EXPLANATION_DELETION_GAIN,
          EXPLANATION_BACKGROUND_CHANGE,
          EXPLANATION_NOISE_CHANGE ->
          List.of(
              evidence == null
                  ? Measured.notAssessable(
                      metric, ALL, "there is no background, or fewer than two rows, to explain by")
                  : measured(metric, evidence));
      default -> List.of();
    };
  }

  private static Measured measured(Metric metric, ExplanationEvidence of) {
    return switch (metric) {
      case EXPLANATION_STANDARD_ERROR -> exact(metric, of.largestStandardError(), of.rows());
      case EXPLANATION_ADDITIVITY_GAP ->
          exact(metric, of.quality().largestAdditivityGap(), of.quality().rows());
      case EXPLANATION_DELETION_GAIN -> mean(metric, of, of.quality().deletionGain());
      case EXPLANATION_BACKGROUND_CHANGE -> mean(metric, of, of.quality().backgroundChange());
      default -> mean(metric, of, of.quality().noiseChange());
    };
  }

  private static Measured exact(Metric metric, double value, int rows) {
    return Measured.of(metric, ALL, rows, new Exact(value, rows));
  }

  private static Measured mean(Metric metric, ExplanationEvidence of, @Nullable MeanEstimate mean) {
    return mean == null
        ? Measured.undefined(metric, ALL, of.quality().rows(), "fewer than two rows have it")
        : Measured.of(metric, ALL, mean.n(), mean);
  }
}
