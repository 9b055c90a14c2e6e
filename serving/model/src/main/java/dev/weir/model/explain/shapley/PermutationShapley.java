package dev.weir.model.explain.shapley;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Precision;
import dev.weir.model.explain.Predictor;
import dev.weir.model.explain.StratifiedMean;
import java.util.SplittableRandom;

/*
 * Idea: walk from a background row to the explained row, changing one feature at a time in a random
 * order; what the output changes by at feature j has the Shapley value of j as its expectation. The
 * same order backwards is walked too: the two walks' errors have opposite signs for pairwise
 * interactions, which then cancel exactly.
 *
 * A round draws one pair of walks from every background row, so that the background is no source of
 * error: the draws of one background row are a stratum, and the standard error is that of the
 * stratified mean. Each walk ends at the explained row, so each round adds up exactly.
 */

/**
 * Interventional Shapley values estimated from antithetic random permutations, with the standard
 * error of each. Unbiased; {@code 2 (F − 1) B} evaluations per round. Every row is explained with
 * the same random numbers, so equal rows get equal values. Thread-safe if the predictor is.
 *
 * @see <a href="https://jmlr.org/papers/v23/21-0439.html">R. Mitchell et al., Sampling permutations
 *     for Shapley value estimation, 2022, §2.1</a>
 */
public final class PermutationShapley implements Explainer {
  /** Below so many draws a standard error is too uncertain to stop by. */
  private static final int FEWEST_DRAWS = 64;

  /** The most values in one batch of rows. */
  private static final int BATCH_VALUES = 1 << 20;

  private final Predictor predictor;
  private final Background background;
  private final Precision precision;
  private final long seed;
  private final double[][] ofBackground;

  private PermutationShapley(
      Predictor predictor, Background background, Precision precision, long seed) {
    this.predictor = predictor;
    this.background = background;
    this.precision = precision;
    this.seed = seed;
    this.ofBackground = predictor.score(background.rows());
  }

  /** Returns an explainer of a model against a background. */
  public static PermutationShapley of(
      Predictor predictor, Background background, Precision precision, long seed) {
    return new PermutationShapley(predictor, background, precision, seed);
  }

  @Override
  public Attribution explain(double[] row) {
    background.requireWidth(row);
    double[] prediction = predictor.score(row);
    int perRow = Math.max(1, 2 * (row.length - 1));
    long most = precision.mostEvaluations() / ((long) perRow * background.size());
    StratifiedMean mean = new StratifiedMean(background.size(), prediction.length, row.length);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] errors = {{Double.POSITIVE_INFINITY}};
    long fewest = Math.max(2, FEWEST_DRAWS / background.size() + 1);
    for (long round = 1; round <= Math.max(fewest, most); round++) {
      addRound(row, prediction, mean, random);
      if (round >= fewest) {
        errors = mean.standardErrors();
        if (precision.isReached(errors)) {
          break;
        }
      }
    }
    return Attribution.estimated(baseValues(), prediction, mean.mean(), errors);
  }

  private double[] baseValues() {
    double[] base = new double[ofBackground[0].length];
    for (double[] each : ofBackground) {
      for (int c = 0; c < base.length; c++) {
        base[c] += each[c] / ofBackground.length;
      }
    }
    return base;
  }

  private void addRound(
      double[] row, double[] prediction, StratifiedMean mean, SplittableRandom random) {
    int perRow = 2 * (row.length - 1);
    int together = Math.max(1, BATCH_VALUES / Math.max(1, perRow * row.length));
    for (int start = 0; start < background.size(); start += together) {
      int size = Math.min(together, background.size() - start);
      int[][] orders = new int[size][];
      double[][] between = new double[size * perRow][];
      for (int b = 0; b < size; b++) {
        orders[b] = permutation(row.length, random);
        walk(row, start + b, orders[b], between, b * perRow);
      }
      double[][] outputs = predictor.score(between);
      for (int b = 0; b < size; b++) {
        mean.add(
            start + b,
            changes(orders[b], outputs, b * perRow, ofBackground[start + b], prediction));
      }
    }
  }

  /** Writes the rows between the two ends: F − 1 forward, then F − 1 of the order reversed. */
  private void walk(double[] row, int b, int[] order, double[][] into, int offset) {
    int last = order.length - 1;
    double[] forward = background.row(b);
    double[] reverse = background.row(b);
    for (int k = 0; k < last; k++) {
      forward[order[k]] = row[order[k]];
      reverse[order[last - k]] = row[order[last - k]];
      into[offset + k] = forward.clone();
      into[offset + last + k] = reverse.clone();
    }
  }

  /** Returns the mean change at each feature over the two walks, shape [C, F]. */
  private static double[][] changes(
      int[] order, double[][] outputs, int offset, double[] begin, double[] end) {
    int last = order.length - 1;
    double[][] changes = new double[begin.length][order.length];
    for (int c = 0; c < begin.length; c++) {
      double forward = begin[c];
      double reverse = begin[c];
      for (int k = 0; k <= last; k++) {
        double nextForward = k < last ? outputs[offset + k][c] : end[c];
        double nextReverse = k < last ? outputs[offset + last + k][c] : end[c];
        changes[c][order[k]] += (nextForward - forward) / 2;
        changes[c][order[last - k]] += (nextReverse - reverse) / 2;
        forward = nextForward;
        reverse = nextReverse;
      }
    }
    return changes;
  }

  private static int[] permutation(int size, SplittableRandom random) {
    int[] order = new int[size];
    for (int k = 0; k < size; k++) {
      int swapped = random.nextInt(k + 1);
      order[k] = order[swapped];
      order[swapped] = k;
    }
    return order;
  }
}
