package dev.weir.model.explain.local;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Cholesky;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Predictor;
import java.util.SplittableRandom;

/**
 * LIME for tables: the linear model that fits best around the row, in the features kept.
 *
 * <p>Each sample keeps every feature of the row with probability 1/2 and takes the others from one
 * background row. Its weight is {@code exp(−D² / σ²)} with D² the number of features replaced and σ
 * = 0.75 √F. The least-squares fit of the output on the features kept gives one value per feature,
 * an intercept as base value, and heteroscedasticity-consistent (HC0) standard errors. The values
 * need not add up: the attribution's additivity gap is the fit's error at the row. Every row is
 * explained with the same random numbers. Thread-safe if the predictor is.
 *
 * @see <a href="https://arxiv.org/abs/1602.04938">M. Ribeiro, S. Singh, C. Guestrin, "Why should I
 *     trust you?", 2016, eq. 2</a>
 */
public final class Lime implements Explainer {
  /** Samples that the authors' implementation draws unless told otherwise. */
  public static final int DEFAULT_SAMPLES = 5000;

  private static final double KERNEL_WIDTH = 0.75;

  private final Predictor predictor;
  private final Background background;
  private final int samples;
  private final long seed;

  private Lime(Predictor predictor, Background background, int samples, long seed) {
    this.predictor = predictor;
    this.background = background;
    this.samples = samples;
    this.seed = seed;
  }

  /**
   * Returns an explainer of a model against a background.
   *
   * @param samples evaluations per row, at least ten per feature
   * @throws IllegalArgumentException if there are too few samples for the features
   */
  public static Lime of(Predictor predictor, Background background, int samples, long seed) {
    if (samples < 10 * background.features()) {
      throw new IllegalArgumentException(
          "samples must be >= 10 per feature, were "
              + samples
              + " for "
              + background.features()
              + " features");
    }
    return new Lime(predictor, background, samples, seed);
  }

  @Override
  public Attribution explain(double[] row) {
    background.requireWidth(row);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] kept = new double[samples][row.length + 1];
    double[][] rows = new double[samples][];
    double[] weights = new double[samples];
    double squaredWidth = KERNEL_WIDTH * KERNEL_WIDTH * row.length;
    for (int i = 0; i < samples; i++) {
      rows[i] = background.row(random.nextInt(background.size()));
      kept[i][0] = 1;
      int replaced = 0;
      for (int j = 0; j < row.length; j++) {
        boolean isKept = i == 0 || random.nextBoolean();
        kept[i][j + 1] = isKept ? 1 : 0;
        rows[i][j] = isKept ? row[j] : rows[i][j];
        replaced += isKept ? 0 : 1;
      }
      weights[i] = Math.exp(-replaced / squaredWidth);
    }
    return fit(row, kept, weights, predictor.score(rows));
  }

  private Attribution fit(double[] row, double[][] kept, double[] weights, double[][] outputs) {
    double[][] inverse =
        Cholesky.of(products(kept, weights))
            .orElseThrow(() -> new IllegalStateException("the samples do not tell features apart"))
            .inverse();
    int count = outputs[0].length;
    double[] base = new double[count];
    double[][] values = new double[count][row.length];
    double[][] errors = new double[count][row.length];
    for (int c = 0; c < count; c++) {
      double[] coefficients = new double[row.length + 1];
      for (int i = 0; i < kept.length; i++) {
        addScaled(coefficients, kept[i], weights[i] * outputs[i][c]);
      }
      coefficients = times(inverse, coefficients);
      base[c] = coefficients[0];
      System.arraycopy(coefficients, 1, values[c], 0, row.length);
      double[] squares = new double[row.length + 1];
      for (int i = 0; i < kept.length; i++) {
        double residual = outputs[i][c] - dot(coefficients, kept[i]);
        double[] moved = times(inverse, kept[i]);
        for (int j = 0; j < squares.length; j++) {
          squares[j] += Math.pow(weights[i] * residual * moved[j], 2);
        }
      }
      for (int j = 0; j < row.length; j++) {
        errors[c][j] = Math.sqrt(squares[j + 1]);
      }
    }
    return Attribution.estimated(base, outputs[0], values, errors);
  }

  private static double[][] products(double[][] kept, double[] weights) {
    double[][] products = new double[kept[0].length][kept[0].length];
    for (int i = 0; i < kept.length; i++) {
      for (int j = 0; j < products.length; j++) {
        addScaled(products[j], kept[i], weights[i] * kept[i][j]);
      }
    }
    return products;
  }

  private static void addScaled(double[] to, double[] from, double scale) {
    for (int j = 0; scale != 0 && j < to.length; j++) {
      to[j] += scale * from[j];
    }
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = dot(matrix[i], vector);
    }
    return product;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
