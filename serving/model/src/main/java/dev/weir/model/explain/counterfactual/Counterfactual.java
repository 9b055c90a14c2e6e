package dev.weir.model.explain.counterfactual;

import java.util.List;

/**
 * A row that differs from the explained one.
 *
 * @param row its values
 * @param score the model's output of it
 * @param isValid whether the score is where it was wanted
 * @param changed the features that differ, ascending: their number is the sparsity
 * @param proximity Gower distance to the explained row, in [0, 1]: the mean over all features of
 *     {@code |x − x′| / range} for numbers (at most 1) and of 0 or 1 for categories and missing
 *     values
 */
public record Counterfactual(
    List<Double> row, double score, boolean isValid, List<Integer> changed, double proximity) {
  /** Copies the lists. */
  public Counterfactual {
    row = List.copyOf(row);
    changed = List.copyOf(changed);
  }
}
