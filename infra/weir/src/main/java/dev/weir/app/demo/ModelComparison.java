package dev.weir.app.demo;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.scoring.OnnxScorer;
import dev.weir.statistics.interval.MeanEstimate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Compares two versions and two base rates on the labelled flights of a period. */
final class ModelComparison {
  private static final String ONLINE_BASE_RATE = "lateRate24h";
  private static final double TAIL = 0.025;

  private final Instant from;
  private final Instant to;
  private final List<Example> examples;
  private final int baseRatePosition;

  ModelComparison(ModelSpec spec, List<Example> examples, Instant from, Instant to) {
    this.from = from;
    this.to = to;
    this.baseRatePosition = spec.featureNames().indexOf(ONLINE_BASE_RATE);
    this.examples =
        examples.stream()
            .filter(e -> !e.row().eventTime().isBefore(from) && e.row().eventTime().isBefore(to))
            .toList();
  }

  /**
   * Returns Brier scores with the paired 95 % intervals of the retrained model's gains.
   *
   * @param trainingBaseRate share of positives among the retrained model's training rows
   */
  DemoReport.Brier compare(OnnxScorer stale, OnnxScorer retrained, double trainingBaseRate) {
    float[][] rows =
        examples.stream().map(e -> e.row().features().toArray()).toArray(float[][]::new);
    double[] stalePositive = stale.positive(rows);
    double[] retrainedPositive = retrained.positive(rows);
    double[] old = losses(i -> stalePositive[i]);
    double[] fresh = losses(i -> retrainedPositive[i]);
    double[] online = losses(i -> rows[i][baseRatePosition]);
    double[] constant = losses(i -> trainingBaseRate);
    return new DemoReport.Brier(
        mean(old),
        mean(fresh),
        mean(online),
        mean(constant),
        new DemoReport.Gains(gain(old, fresh), gain(online, fresh), gain(constant, fresh)),
        rows.length,
        from,
        to);
  }

  private double[] losses(IntToDoubleFunction positive) {
    return IntStream.range(0, examples.size())
        .mapToDouble(i -> square(positive.applyAsDouble(i) - examples.get(i).label()))
        .toArray();
  }

  private static DemoReport.Gain gain(double[] baseline, double[] fresh) {
    MeanEstimate gain =
        MeanEstimate.of(
            IntStream.range(0, fresh.length).mapToDouble(i -> baseline[i] - fresh[i]).toArray());
    return new DemoReport.Gain(gain.value(), gain.lower(TAIL), gain.upper(TAIL));
  }

  private static double mean(double[] losses) {
    return Arrays.stream(losses).sum() / losses.length;
  }

  private static double square(double x) {
    return x * x;
  }
}
