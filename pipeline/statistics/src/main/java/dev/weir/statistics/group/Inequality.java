package dev.weir.statistics.group;

import java.util.OptionalDouble;

/**
 * Inequality of benefits {@code bᵢ = ŷᵢ − yᵢ + 1}: 0 for a wrongful refusal, 1 for a decision as
 * labelled, 2 for an unearned favour. With decisions of 0 and 1 all indices follow from the
 * confusion matrix. Empty without rows, or when the mean benefit is 0.
 *
 * @see <a href="https://arxiv.org/abs/1807.00787">T. Speicher et al., A Unified Approach to
 *     Quantifying Algorithmic Unfairness, KDD 2018</a>
 */
public final class Inequality {
  private Inequality() {}

  /** Returns the Theil index, {@code Σ (bᵢ/μ) ln(bᵢ/μ) / n}, ≥ 0; 0 when all benefit alike. */
  public static OptionalDouble theil(Confusion c) {
    double mean = mean(c);
    if (!(mean > 0)) {
      return OptionalDouble.empty();
    }
    double right = (c.truePositives() + c.trueNegatives()) / mean * Math.log(1 / mean);
    double favour = c.falsePositives() * 2 / mean * Math.log(2 / mean);
    return OptionalDouble.of((right + favour) / c.total());
  }

  /**
   * Returns the generalized entropy index of order {@code alpha}, {@code Σ ((bᵢ/μ)^α − 1) / (n α (α
   * − 1))}, ≥ 0.
   *
   * @param alpha the order, neither 0 nor 1 (of order 1 it is {@link #theil})
   */
  public static OptionalDouble generalizedEntropy(Confusion c, double alpha) {
    if (alpha == 0 || alpha == 1) {
      throw new IllegalArgumentException("alpha must be neither 0 nor 1, was " + alpha);
    }
    double mean = mean(c);
    if (!(mean > 0)) {
      return OptionalDouble.empty();
    }
    double sum =
        (c.truePositives() + c.trueNegatives()) * Math.pow(1 / mean, alpha)
            + c.falsePositives() * Math.pow(2 / mean, alpha)
            + (c.falseNegatives() > 0 ? c.falseNegatives() * Math.pow(0, alpha) : 0);
    return OptionalDouble.of((sum / c.total() - 1) / (alpha * (alpha - 1)));
  }

  /**
   * Returns the coefficient of variation, {@code √(2 GE₂)}, the standard deviation over the mean.
   */
  public static OptionalDouble coefficientOfVariation(Confusion c) {
    OptionalDouble entropy = generalizedEntropy(c, 2);
    return entropy.isPresent()
        ? OptionalDouble.of(Math.sqrt(2 * Math.max(0, entropy.getAsDouble())))
        : OptionalDouble.empty();
  }

  /**
   * Returns the part of the Theil index that lies between groups: each row has its group's mean.
   */
  public static OptionalDouble theilBetween(Iterable<Confusion> groups) {
    Confusion all = Confusion.EMPTY;
    for (Confusion group : groups) {
      all = all.plus(group);
    }
    double mean = mean(all);
    if (!(mean > 0)) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (Confusion group : groups) {
      double relative = group.total() > 0 ? mean(group) / mean : 0;
      sum += relative > 0 ? group.total() * relative * Math.log(relative) : 0;
    }
    return OptionalDouble.of(sum / all.total());
  }

  private static double mean(Confusion c) {
    return c.total() > 0
        ? (c.truePositives() + c.trueNegatives() + 2 * c.falsePositives()) / c.total()
        : 0;
  }
}
