package dev.weir.auditor.privacy;

import dev.weir.statistics.interval.MeanEstimate;
import java.util.stream.IntStream;

/**
 * A normal distribution of φ per label, fitted to one half of the rows. Where a label has fewer
 * than {@value #LEAST_ROWS} rows, that of all rows stands in.
 *
 * @param means per label, shape [2]
 * @param deviations per label, &gt; 0
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelNormals(double[] means, double[] deviations) {
  private static final int LEAST_ROWS = 10;
  private static final double LEAST_DEVIATION = 1e-3;

  static LabelNormals of(LabelConfidence rows) {
    double[] means = new double[2];
    double[] deviations = new double[2];
    for (int label = 0; label < 2; label++) {
      double wanted = label;
      double[] ofLabel =
          IntStream.range(0, rows.size())
              .filter(i -> rows.labels()[i] == wanted)
              .mapToDouble(i -> rows.values()[i])
              .toArray();
      double[] values = ofLabel.length < LEAST_ROWS ? rows.values() : ofLabel;
      MeanEstimate mean = MeanEstimate.of(values);
      means[label] = mean.value();
      deviations[label] =
          Math.max(LEAST_DEVIATION, mean.standardError() * Math.sqrt(values.length));
    }
    return new LabelNormals(means, deviations);
  }

  double logDensity(double value, double label) {
    int index = label == 1 ? 1 : 0;
    double z = (value - means[index]) / deviations[index];
    return -z * z / 2 - Math.log(deviations[index]);
  }
}
