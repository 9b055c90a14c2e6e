package dev.weir.statistics.interval;

/** A point estimate that can say how sure it is. */
public interface Estimate {
  /** Returns the point estimate. */
  double value();

  /** Returns its standard error, ≥ 0. */
  double standardError();

  /** Returns the one-sided lower confidence bound of level 1 − {@code alpha}. */
  double lower(double alpha);

  /** Returns the one-sided upper confidence bound of level 1 − {@code alpha}. */
  double upper(double alpha);

  /** Returns the number of observations behind it. */
  long n();

  /**
   * Returns the estimate as it would be on {@code factor} times the observations, if what was
   * observed went on in the same proportions.
   *
   * @param factor &gt; 0
   */
  Estimate projected(double factor);
}
