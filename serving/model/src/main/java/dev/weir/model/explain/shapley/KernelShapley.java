package dev.weir.model.explain.shapley;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Precision;
import dev.weir.model.explain.Predictor;
import java.util.SplittableRandom;

/*
 * Idea: the Shapley values are the coefficients of the linear model of a coalition's value that fits
 * best under the weights (F − 1) / (C(F, s) s (F − s)) and adds up to the prediction. Sizes are
 * drawn by the kernel's weight, coalitions of a size evenly, each with its complement; the fit is
 * then without weights.
 *
 * The constraint is met by projection. With A = Σ z zᵀ and P = A⁻¹ − A⁻¹ 1 1ᵀ A⁻¹ / (1ᵀ A⁻¹ 1), the
 * estimate moves by P g for a pair's score g = z r + z̄ r̄, r the residuals: the standard errors are
 * those of the sandwich P (Σ g gᵀ) P.
 */

/**
 * Interventional Shapley values by weighted regression on the values of coalitions (KernelSHAP),
 * with the standard error of each. Where the allowed evaluations cover every coalition, all are
 * taken and the values are exact. Coalitions are averaged over the whole background. Thread-safe if
 * the predictor is.
 *
 * @see <a href="https://arxiv.org/abs/1705.07874">S. Lundberg, S. Lee, A unified approach to
 *     interpreting model predictions, 2017, theorem 2</a>
 * @see <a href="https://proceedings.mlr.press/v130/covert21a.html">I. Covert, S. Lee, Improving
 *     KernelSHAP, 2021, §4.2 (pairs)</a>
 */
public final class KernelShapley implements Explainer {
  private static final int MOST_ENUMERATED = 14;
  private static final int FEWEST_PAIRS = 64;

  private final Predictor predictor;
  private final Background background;
  private final Precision precision;
  private final long seed;
  private final ScoredCoalitions coalitions;

  private KernelShapley(
      Predictor predictor, Background background, Precision precision, long seed) {
    this.predictor = predictor;
    this.background = background;
    this.precision = precision;
    this.seed = seed;
    this.coalitions = new ScoredCoalitions(predictor, background);
  }

  /** Returns an explainer of a model against a background. */
  public static KernelShapley of(
      Predictor predictor, Background background, Precision precision, long seed) {
    return new KernelShapley(predictor, background, precision, seed);
  }

  @Override
  public Attribution explain(double[] row) {
    background.requireWidth(row);
    double[] base = background.meanOutput(predictor);
    double[] prediction = predictor.score(row);
    CoalitionRegression regression = new CoalitionRegression(row.length, base, prediction);
    if (row.length == 1) {
      return Attribution.exact(base, prediction, regression.onlyFeature());
    }
    long affordable = precision.mostEvaluations() / background.size();
    if (row.length <= MOST_ENUMERATED && (1L << row.length) - 2 <= affordable) {
      addAll(row, regression);
      return Attribution.exact(base, prediction, regression.fit().values());
    }
    CoalitionRegression.Fit fit = sample(row, regression, affordable / 2);
    return Attribution.estimated(base, prediction, fit.values(), fit.standardErrors());
  }

  private void addAll(double[] row, CoalitionRegression regression) {
    double[][] values = coalitions.values(row);
    int features = row.length;
    for (int mask = 1; mask < values.length / 2; mask++) {
      boolean[] present = new boolean[features];
      for (int j = 0; j < features; j++) {
        present[j] = (mask >> j & 1) == 1;
      }
      int size = Integer.bitCount(mask);
      double weight = (features - 1) / (choose(features, size) * size * (features - size));
      regression.addPair(present, values[mask], values[values.length - 1 - mask], weight);
    }
  }

  private CoalitionRegression.Fit sample(
      double[] row, CoalitionRegression regression, long mostPairs) {
    SplittableRandom random = new SplittableRandom(seed);
    int fewest = Math.max(FEWEST_PAIRS, 4 * row.length);
    long most = Math.max(fewest, mostPairs);
    int wanted = fewest;
    while (true) {
      addPairs(row, regression, random, wanted - regression.pairs());
      CoalitionRegression.Fit fit = regression.fit();
      if (precision.isReached(fit.standardErrors()) || wanted >= most) {
        return fit;
      }
      wanted = (int) Math.min(most, wanted + Math.max(1, wanted / 2));
    }
  }

  private void addPairs(
      double[] row, CoalitionRegression regression, SplittableRandom random, int pairs) {
    boolean[][] present = new boolean[pairs][];
    for (int i = 0; i < pairs; i++) {
      present[i] = draw(row.length, random);
    }
    double[][] values =
        coalitions.values(row, 2 * pairs, (i, j) -> present[i / 2][j] == (i % 2 == 0));
    for (int i = 0; i < pairs; i++) {
      regression.addPair(present[i], values[2 * i], values[2 * i + 1], 1);
    }
  }

  /** Draws a size s with probability proportional to 1 / (s (F − s)), then s features evenly. */
  private static boolean[] draw(int features, SplittableRandom random) {
    double total = 0;
    for (int s = 1; s < features; s++) {
      total += 1.0 / (s * (features - s));
    }
    double u = random.nextDouble() * total;
    int size = 1;
    for (; size < features - 1; size++) {
      u -= 1.0 / (size * (features - size));
      if (u < 0) {
        break;
      }
    }
    boolean[] present = new boolean[features];
    int left = size;
    for (int j = 0; j < features; j++) {
      if (random.nextInt(features - j) < left) {
        present[j] = true;
        left--;
      }
    }
    return present;
  }

  private static double choose(int n, int k) {
    double chosen = 1;
    for (int i = 0; i < k; i++) {
      chosen = chosen * (n - i) / (i + 1);
    }
    return chosen;
  }
}
