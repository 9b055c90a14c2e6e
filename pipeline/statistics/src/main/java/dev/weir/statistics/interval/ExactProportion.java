package dev.weir.statistics.interval;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * A proportion with Clopper and Pearson's bounds, quantiles of beta distributions: each fails at
 * most α of the time, however few the rows or the hits, and mostly less.
 *
 * @param hits how many, 0 ≤ hits ≤ rows; need not be whole
 * @param rows of how many, &gt; 0
 * @see <a href="https://doi.org/10.1093/biomet/26.4.404">C. J. Clopper, E. S. Pearson, The Use of
 *     Confidence or Fiducial Limits Illustrated in the Case of the Binomial, 1934</a>
 */
public record ExactProportion(double hits, double rows) implements Estimate {
  public ExactProportion {
    if (!(hits >= 0 && hits <= rows && rows > 0)) {
      throw new IllegalArgumentException(
          "need 0 <= hits <= rows and rows > 0, was " + hits + " of " + rows);
    }
  }

  @Override
  public double value() {
    return hits / rows;
  }

  @Override
  public double standardError() {
    return Math.sqrt(value() * (1 - value()) / rows);
  }

  @Override
  public double lower(double alpha) {
    return hits == 0
        ? 0
        : BetaDistribution.of(hits, rows - hits + 1).inverseCumulativeProbability(alpha);
  }

  @Override
  public double upper(double alpha) {
    return hits == rows
        ? 1
        : BetaDistribution.of(hits + 1, rows - hits).inverseSurvivalProbability(alpha);
  }

  @Override
  public long n() {
    return Math.round(rows);
  }

  @Override
  public ExactProportion projected(double factor) {
    return new ExactProportion(hits * factor, rows * factor);
  }
}
