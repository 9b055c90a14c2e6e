package dev.weir.statistics.group;

import dev.weir.statistics.interval.CalibrationEstimate;
import dev.weir.statistics.interval.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The reliability diagram of each group, in bins of equal width over [0, 1]. */
final class BinSums {
  private static final int BINS = 10;

  private final long[] rows;
  private final double[] weightSquares;
  private final double[] weights;
  private final double[] scores;
  private final double[] positives;
  private final double[] squares;
  private final double[] calibrated;

  BinSums(int groups) {
    rows = new long[groups];
    weightSquares = new double[groups];
    weights = new double[groups * BINS];
    scores = new double[weights.length];
    positives = new double[weights.length];
    squares = new double[weights.length];
    calibrated = new double[weights.length];
  }

  void add(int group, double score, int label, double weight) {
    int at = group * BINS + Math.min(BINS - 1, (int) (BINS * score));
    double error = score - label;
    double square = weight * weight;
    rows[group]++;
    weightSquares[group] += square;
    weights[at] += weight;
    scores[at] += weight * score;
    positives[at] += weight * label;
    squares[at] += square * error * error;
    calibrated[at] += square * score * (1 - score);
  }

  Reliability reliability(int group) {
    List<Reliability.Bin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      int at = group * BINS + b;
      if (weights[at] > 0) {
        bins.add(
            new Reliability.Bin(
                b, weights[at], scores[at] / weights[at], positives[at] / weights[at]));
      }
    }
    return new Reliability(bins);
  }

  /** Returns the expected calibration error; empty without weight. */
  Optional<Estimate> error(int group) {
    double total = 0;
    for (int b = 0; b < BINS; b++) {
      total += weights[group * BINS + b];
    }
    if (!(total > 0)) {
      return Optional.empty();
    }
    double[] gaps = new double[BINS];
    double[] observed = new double[BINS];
    double[] expected = new double[BINS];
    for (int b = 0; b < BINS; b++) {
      int at = group * BINS + b;
      gaps[b] = (scores[at] - positives[at]) / total;
      observed[b] = squares[at] / (total * total);
      expected[b] = calibrated[at] / (total * total);
    }
    double perRow = weightSquares[group] / (total * total);
    return Optional.of(CalibrationEstimate.of(gaps, observed, expected, perRow, rows[group]));
  }
}
