package dev.weir.model.explain;

/** A way to explain rows of one model against one background. */
@FunctionalInterface
public interface Explainer {
  /**
   * Returns how each feature of the row contributes to each output.
   *
   * @param row shape [F]
   * @throws IllegalArgumentException if the row has not the background's width
   */
  Attribution explain(double[] row);
}
