package dev.weir.trainer.job;

import dev.weir.statistics.mitigation.ExponentiatedGradient;
import dev.weir.statistics.mitigation.Mixture;
import dev.weir.statistics.mitigation.WeightedLearner;
import dev.weir.trainer.network.MlpTrainer;
import dev.weir.trainer.network.TrainedNetwork;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Exponentiated gradient over fits of the network, each on relabelled and reweighed rows by the
 * same seed. The mixture that it finds decides by chance; what serves must not, so the network that
 * does best alone is kept. Its decisions are those at 0.5.
 */
final class FairFits {
  private static final double SLACK = 0.01;

  /** Each takes up to two fits. */
  private static final int ROUNDS = 5;

  private FairFits() {}

  /**
   * What was kept.
   *
   * @param network the network
   * @param metrics its error and violation on the training rows, beside the mixture's gap and fits
   */
  record Kept(TrainedNetwork network, Map<String, Double> metrics) {}

  static Kept train(JobSpec job, JobSpec.Fairness fairness, Rows rows) {
    double[] labels = new double[rows.labels().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = rows.labels()[i];
    }
    Mixture<Optional<TrainedNetwork>> mixture =
        ExponentiatedGradient.fit(
            fairness.parity(), SLACK, labels, fairness.groups(), learner(job, rows), ROUNDS);
    Mixture.Member<Optional<TrainedNetwork>> best =
        mixture.members().stream()
            .filter(member -> member.classifier().isPresent())
            .min(
                Comparator.comparingDouble(
                        (Mixture.Member<Optional<TrainedNetwork>> member) ->
                            Math.max(SLACK, member.violation()))
                    .thenComparingDouble(Mixture.Member::error))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "exponentiated gradient found only decisions that are the same for all"));
    return new Kept(
        best.classifier().orElseThrow(),
        Map.of(
            "mitigationFits", (double) mixture.fits(),
            "mitigationGap", mixture.gap(),
            "mitigationTrainingError", best.error(),
            "mitigationTrainingViolation", best.violation()));
  }

  private static WeightedLearner<Optional<TrainedNetwork>> learner(JobSpec job, Rows rows) {
    return new WeightedLearner<>() {
      @Override
      public Fitted<Optional<TrainedNetwork>> fit(double[] labels, double[] weights) {
        TrainedNetwork network =
            new MlpTrainer(
                    job.layout(),
                    job.training(),
                    job.seed(),
                    rows.features(),
                    floats(labels),
                    floats(weights))
                .train();
        float[] probabilities = MlpTrainer.probabilities(network, rows.features());
        double[] decisions = new double[probabilities.length];
        for (int i = 0; i < decisions.length; i++) {
          decisions[i] = probabilities[i] >= JobSpec.FAIR_THRESHOLD ? 1 : 0;
        }
        return new Fitted<>(Optional.of(network), decisions);
      }

      @Override
      public Fitted<Optional<TrainedNetwork>> constant(int label) {
        double[] decisions = new double[rows.labels().length];
        Arrays.fill(decisions, label);
        return new Fitted<>(Optional.empty(), decisions);
      }
    };
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
