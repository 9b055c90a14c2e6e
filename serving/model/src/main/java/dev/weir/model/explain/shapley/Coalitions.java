package dev.weir.model.explain.shapley;

/** A model's value function over all coalitions of features. */
interface Coalitions {
  /**
   * Returns {@code v(S) = 1/B Σ_b f(x on S, b elsewhere)} of every coalition, shape [2^F, C]; bit j
   * of the index says whether feature j is present.
   */
  double[][] values(double[] row);
}
