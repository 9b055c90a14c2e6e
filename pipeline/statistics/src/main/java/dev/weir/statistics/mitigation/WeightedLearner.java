package dev.weir.statistics.mitigation;

/**
 * Anything that learns a classifier from the rows it holds, with labels and weights that vary.
 *
 * @param <C> what it learns
 */
public interface WeightedLearner<C> {
  /**
   * A classifier.
   *
   * @param classifier the classifier
   * @param decisions what it decides of the learner's rows, each 0 or 1, shape [n]; not copied
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Fitted<C>(C classifier, double[] decisions) {}

  /**
   * Learns.
   *
   * @param labels each 0 or 1, both occur, shape [n]
   * @param weights each ≥ 0, summing to n, shape [n]
   */
  Fitted<C> fit(double[] labels, double[] weights);

  /** Returns the classifier that decides {@code label}, 0 or 1, for everybody. */
  Fitted<C> constant(int label);
}
