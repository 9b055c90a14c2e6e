package dev.weir.model.explain.gradient;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Background;
import dev.weir.model.explain.Explainer;
import dev.weir.model.explain.Precision;
import dev.weir.model.explain.StratifiedMean;
import dev.weir.model.network.DenseNetwork;
import java.util.SplittableRandom;

/**
 * Expected gradients: integrated gradients averaged over baselines from the background, {@code φⱼ =
 * E_{b, α} (xⱼ − bⱼ) ∂f/∂xⱼ (b + α (x − b))}, α uniform on [0, 1], with the standard error of each.
 *
 * <p>A round draws one α for every background row, stratified over them; one gradient per draw.
 * Every row is explained with the same random numbers. Thread-safe.
 *
 * @see <a href="https://doi.org/10.1038/s42256-021-00343-w">G. Erion et al., Improving performance
 *     of deep learning models with axiomatic attribution priors, 2021, eq. 2</a>
 */
public final class ExpectedGradients implements Explainer {
  /** Below so many draws a standard error is too uncertain to stop by. */
  private static final int FEWEST_DRAWS = 64;

  private final DenseNetwork network;
  private final Precision precision;
  private final long seed;
  private final double[][] baselines;
  private final double[] baseValues;

  private ExpectedGradients(
      DenseNetwork network, Background background, Precision precision, long seed) {
    this.network = network;
    this.precision = precision;
    this.seed = seed;
    this.baseValues = background.meanOutput(network);
    this.baselines = new double[background.size()][];
    for (int b = 0; b < baselines.length; b++) {
      baselines[b] = network.encode(background.row(b));
    }
  }

  /** Returns an explainer of a network against a background. */
  public static ExpectedGradients of(
      DenseNetwork network, Background background, Precision precision, long seed) {
    return new ExpectedGradients(network, background, precision, seed);
  }

  @Override
  public Attribution explain(double[] row) {
    double[] encoded = network.encode(row);
    StratifiedMean mean = new StratifiedMean(baselines.length, network.outputs(), row.length);
    SplittableRandom random = new SplittableRandom(seed);
    double[][] errors = {{Double.POSITIVE_INFINITY}};
    long fewest = Math.max(2, FEWEST_DRAWS / baselines.length + 1);
    long most = Math.max(fewest, precision.mostEvaluations() / baselines.length);
    for (long round = 1; round <= most; round++) {
      for (int b = 0; b < baselines.length; b++) {
        mean.add(b, draw(baselines[b], encoded, random.nextDouble()));
      }
      if (round >= fewest) {
        errors = mean.standardErrors();
        if (precision.isReached(errors)) {
          break;
        }
      }
    }
    return Attribution.estimated(baseValues, network.score(row), mean.mean(), errors);
  }

  private double[][] draw(double[] baseline, double[] encoded, double alpha) {
    double[][] values = network.jacobian(Paths.between(baseline, encoded, alpha));
    for (int c = 0; c < values.length; c++) {
      values[c] = Paths.attribute(network, baseline, encoded, values[c]);
    }
    return values;
  }
}
