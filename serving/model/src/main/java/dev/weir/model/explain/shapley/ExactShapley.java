package dev.weir.model.explain.shapley;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Predictor;
import dev.weir.model.network.DenseNetwork;

/**
 * Exact interventional Shapley values: {@code φⱼ = Σ_{S∌j} |S|!(F−|S|−1)!/F! · (v(S∪j) − v(S))}
 * with {@code v(S)} the mean output over the background with the features in S taken from the row.
 *
 * <p>Every coalition is evaluated with every background row: {@code 2^F · B} outputs. A {@link
 * DenseNetwork} is evaluated through its weights, in double precision; any other predictor is
 * scored in batches. Missing values (NaN) are values like others. Thread-safe if the predictor is.
 *
 * @see <a href="https://arxiv.org/abs/1705.07874">S. Lundberg, S. Lee, A unified approach to
 *     interpreting model predictions, 2017, eq. 4</a>
 */
public final class ExactShapley implements Explainer {
  /** The most features that are enumerated. */
  public static final int MAX_FEATURES = 20;

  private final Predictor predictor;
  private final Background background;
  private final Coalitions coalitions;
  private final double[] weights;

  private ExactShapley(Predictor predictor, Background background, Coalitions coalitions) {
    this.predictor = predictor;
    this.background = background;
    this.coalitions = coalitions;
    this.weights = weights(background.features());
  }

  /**
   * Returns an explainer of a model against a background.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_FEATURES} features
   */
  public static ExactShapley of(Predictor predictor, Background background) {
    if (background.features() > MAX_FEATURES) {
      throw new IllegalArgumentException(
          "exact Shapley values need at most "
              + MAX_FEATURES
              + " features, there are "
              + background.features()
              + "; estimate them by permutation or kernel");
    }
    Coalitions coalitions =
        predictor instanceof DenseNetwork network
            ? new NetworkCoalitions(network, background)
            : new ScoredCoalitions(predictor, background);
    return new ExactShapley(predictor, background, coalitions);
  }

  @Override
  public Attribution explain(double[] row) {
    background.requireWidth(row);
    double[][] values = coalitions.values(row);
    double[][] shapley = new double[values[0].length][row.length];
    for (int mask = 0; mask < values.length; mask++) {
      int size = Integer.bitCount(mask);
      double joined = size == 0 ? 0 : weights[size - 1];
      double stayedAway = size == row.length ? 0 : -weights[size];
      for (int c = 0; c < shapley.length; c++) {
        double value = values[mask][c];
        for (int j = 0; j < row.length; j++) {
          shapley[c][j] += value * ((mask >> j & 1) == 1 ? joined : stayedAway);
        }
      }
    }
    return Attribution.exact(values[0], predictor.score(row), shapley);
  }

  /** Returns {@code s!(F−s−1)!/F!} for s from 0 to F − 1. */
  private static double[] weights(int features) {
    double[] weights = new double[features];
    double chosen = 1;
    for (int s = 0; s < features; s++) {
      weights[s] = 1 / (features * chosen);
      chosen = chosen * (features - 1 - s) / (s + 1);
    }
    return weights;
  }
}
