package dev.weir.pipeline.monitor;

import dev.weir.statistics.interval.AucEstimate;
import dev.weir.statistics.interval.CalibrationEstimate;
import dev.weir.statistics.interval.SkewedMean;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** Probabilities with their labels, in the order in which the labels came; not thread-safe. */
final class Scores {
  private static final int BINS = 10;
  private static final int ROW_BYTES = Double.BYTES + 1;
  private static final int FIRST_ROOM = 64;

  /** As in scikit-learn's log loss, so that every loss is finite. */
  private static final double CLIP = Math.ulp(1.0);

  private double[] probabilities = new double[FIRST_ROOM];
  private double[] labels = new double[FIRST_ROOM];
  private int size;

  void add(double probability, double label) {
    if (size == labels.length) {
      probabilities = Arrays.copyOf(probabilities, 2 * size);
      labels = Arrays.copyOf(labels, 2 * size);
    }
    probabilities[size] = probability;
    labels[size] = label;
    size++;
  }

  int size() {
    return size;
  }

  /** Returns how many labels are 1. */
  long positives() {
    return Arrays.stream(labels, 0, size).filter(y -> y == 1).count();
  }

  /** Returns the mean of {@code (p − y)²}. */
  SkewedMean brier() {
    double[] losses = new double[size];
    for (int i = 0; i < size; i++) {
      losses[i] = (probabilities[i] - labels[i]) * (probabilities[i] - labels[i]);
    }
    return SkewedMean.of(losses);
  }

  /** Returns the mean of {@code −ln P(y)} in nats, p clipped to [2⁻⁵², 1 − 2⁻⁵²]. */
  double logLoss() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double p = Math.min(1 - CLIP, Math.max(CLIP, probabilities[i]));
      sum -= labels[i] == 1 ? Math.log(p) : Math.log1p(-p);
    }
    return sum / size;
  }

  /** Returns the area under the ROC curve; empty where a class has fewer than two rows. */
  Optional<AucEstimate> auc() {
    return AucEstimate.of(Arrays.copyOf(probabilities, size), Arrays.copyOf(labels, size));
  }

  /** Returns the expected calibration error in ten bins of equal width. */
  CalibrationEstimate calibration() {
    double[] gaps = new double[BINS];
    double[] squares = new double[BINS];
    double[] calibrated = new double[BINS];
    double n = size;
    for (int i = 0; i < size; i++) {
      double p = probabilities[i];
      int bin = Math.min(BINS - 1, (int) (BINS * p));
      gaps[bin] += (p - labels[i]) / n;
      squares[bin] += (p - labels[i]) * (p - labels[i]) / (n * n);
      calibrated[bin] += p * (1 - p) / (n * n);
    }
    return CalibrationEstimate.of(gaps, squares, calibrated, 1 / n, size);
  }

  byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size * ROW_BYTES);
    for (int i = 0; i < size; i++) {
      bytes.putDouble(probabilities[i]).put((byte) labels[i]);
    }
    return bytes.array();
  }

  static Scores fromBytes(byte[] written) {
    Scores scores = new Scores();
    ByteBuffer bytes = ByteBuffer.wrap(written);
    while (bytes.remaining() >= ROW_BYTES) {
      scores.add(bytes.getDouble(), bytes.get());
    }
    return scores;
  }
}
