package dev.weir.app.demo;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.model.scoring.OnnxScorer;
import dev.weir.statistics.interval.MeanEstimate;
import java.time.Instant;
import java.util.List;

/** Compares two versions, and the online base rate, on the labelled flights of a period. */
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

  /** Returns Brier scores with the paired 95 % interval of their difference. */
  DemoReport.Brier compare(OnnxScorer stale, OnnxScorer retrained) {
    float[][] rows =
        examples.stream().map(e -> e.row().features().toArray()).toArray(float[][]::new);
    double[] old = stale.positive(rows);
    double[] fresh = retrained.positive(rows);
    double[] gains = new double[rows.length];
    double oldSum = 0;
    double freshSum = 0;
    double baseSum = 0;
    for (int i = 0; i < rows.length; i++) {
      double label = examples.get(i).label();
      double oldLoss = square(old[i] - label);
      double freshLoss = square(fresh[i] - label);
      gains[i] = oldLoss - freshLoss;
      oldSum += oldLoss;
      freshSum += freshLoss;
      baseSum += square(rows[i][baseRatePosition] - label);
    }
    MeanEstimate gain = MeanEstimate.of(gains);
    int n = rows.length;
    return new DemoReport.Brier(
        oldSum / n,
        freshSum / n,
        baseSum / n,
        gain.value(),
        gain.lower(TAIL),
        gain.upper(TAIL),
        n,
        from,
        to);
  }

  private static double square(double x) {
    return x * x;
  }
}
