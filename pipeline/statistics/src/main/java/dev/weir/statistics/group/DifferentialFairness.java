package dev.weir.statistics.group;

import java.util.Collection;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Smoothed empirical differential fairness: the smallest ε with {@code e^−ε ≤ P(outcome | i) /
 * P(outcome | j) ≤ e^ε} for both outcomes and all pairs of groups, where {@code P(1 | i) = (w₁ᵢ +
 * c/2) / (wᵢ + c)}. 0 when all groups have one rate; empty with fewer than two groups that have
 * rows.
 *
 * <p>The definition is that of AIF360 0.6.1, with its concentration c = 1 unless told otherwise.
 *
 * @see <a href="https://arxiv.org/abs/1807.08362">J. R. Foulds et al., An Intersectional Definition
 *     of Fairness, 2020</a>
 */
public final class DifferentialFairness {
  private static final double CONCENTRATION = 1;

  private DifferentialFairness() {}

  /** Returns ε of the decisions. */
  public static OptionalDouble ofDecisions(Collection<Confusion> groups) {
    return epsilon(groups, Confusion::selected);
  }

  /** Returns ε of the labels: what the data bring along. */
  public static OptionalDouble ofLabels(Collection<Confusion> groups) {
    return epsilon(groups, Confusion::positives);
  }

  /**
   * Returns ε of the decisions − ε of the labels: what the model adds; negative if it evens out.
   */
  public static OptionalDouble biasAmplification(Collection<Confusion> groups) {
    OptionalDouble decisions = ofDecisions(groups);
    OptionalDouble labels = ofLabels(groups);
    return decisions.isPresent() && labels.isPresent()
        ? OptionalDouble.of(decisions.getAsDouble() - labels.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble epsilon(
      Collection<Confusion> groups, ToDoubleFunction<Confusion> favourable) {
    double[] rates =
        groups.stream()
            .filter(group -> group.rows() > 0)
            .mapToDouble(
                group ->
                    (favourable.applyAsDouble(group) + CONCENTRATION / 2)
                        / (group.total() + CONCENTRATION))
            .sorted()
            .toArray();
    if (rates.length < 2) {
      return OptionalDouble.empty();
    }
    double least = rates[0];
    double most = rates[rates.length - 1];
    return OptionalDouble.of(Math.max(Math.log(most / least), Math.log((1 - least) / (1 - most))));
  }
}
