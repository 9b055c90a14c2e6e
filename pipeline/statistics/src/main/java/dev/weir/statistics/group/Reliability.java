package dev.weir.statistics.group;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The reliability diagram with bins of equal width: bin {@code ⌊bins · p⌋}, and p = 1 in the last.
 *
 * @param bins the bins that have weight, in order
 */
public record Reliability(List<Bin> bins) {
  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * One bin.
   *
   * @param index its index, from 0
   * @param weight weight of its rows
   * @param meanScore mean probability
   * @param positiveRate share of positives
   */
  public record Bin(int index, double weight, double meanScore, double positiveRate) {
    /** Returns {@code |mean score − positive rate|}. */
    public double gap() {
      return Math.abs(meanScore - positiveRate);
    }
  }

  /** Returns the diagram of scores in {@code count} ≥ 1 bins. */
  public static Reliability of(WeightedScores scores, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("need at least 1 bin, was " + count);
    }
    double[] weights = new double[count];
    double[] sums = new double[count];
    double[] positives = new double[count];
    for (int i = 0; i < scores.rows(); i++) {
      int bin = Math.min(count - 1, (int) (count * scores.probability(i)));
      weights[bin] += scores.weight(i);
      sums[bin] += scores.weight(i) * scores.probability(i);
      positives[bin] += scores.weight(i) * scores.label(i);
    }
    List<Bin> bins = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      if (weights[b] > 0) {
        bins.add(new Bin(b, weights[b], sums[b] / weights[b], positives[b] / weights[b]));
      }
    }
    return new Reliability(bins);
  }

  /**
   * Returns the expected calibration error, {@code Σ (w_b / Σ w) · gap_b}; empty without rows.
   *
   * @see <a href="https://doi.org/10.1609/aaai.v29i1.9602">M. P. Naeini et al., Obtaining Well
   *     Calibrated Probabilities Using Bayesian Binning, 2015</a>
   */
  public OptionalDouble expectedError() {
    double total = bins.stream().mapToDouble(Bin::weight).sum();
    return Confusion.ratio(bins.stream().mapToDouble(b -> b.weight() * b.gap()).sum(), total);
  }

  /** Returns the maximum calibration error, the largest gap; empty without rows. */
  public OptionalDouble maximumError() {
    return bins.stream().mapToDouble(Bin::gap).max();
  }
}
