package dev.weir.model.explain.gradient;

import dev.weir.model.explain.Attribution;
import dev.weir.model.explain.Explainer;
import dev.weir.model.network.DenseNetwork;

/**
 * Integrated gradients: {@code φⱼ = (xⱼ − x′ⱼ) ∫₀¹ ∂f/∂xⱼ (x′ + α (x − x′)) dα}, the integral by
 * Gauss–Legendre quadrature.
 *
 * <p>The path is straight in the network's encoded values; a category's contribution is the sum
 * over its one-hot block. What the quadrature leaves open is the attribution's additivity gap: it
 * vanishes with more steps, slowly across the kinks of ReLU. Thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1703.01365">M. Sundararajan, A. Taly, Q. Yan, Axiomatic
 *     attribution for deep networks, 2017, eq. 1</a>
 * @see <a href="https://github.com/pytorch/captum">Captum, IntegratedGradients with method
 *     gausslegendre and n_steps 50</a>
 */
public final class IntegratedGradients implements Explainer {
  /** The steps that Captum takes unless told otherwise. */
  public static final int DEFAULT_STEPS = 50;

  private final DenseNetwork network;
  private final double[] baseline;
  private final GaussLegendre quadrature;

  private IntegratedGradients(DenseNetwork network, double[] baseline, int steps) {
    this.network = network;
    this.baseline = baseline;
    this.quadrature = GaussLegendre.of(steps);
  }

  /**
   * Returns an explainer from a baseline.
   *
   * @param baseline where every path begins, shape [F]
   * @param steps points of the quadrature, ≥ 1
   * @throws IllegalArgumentException if the baseline has another width than the network
   */
  public static IntegratedGradients of(DenseNetwork network, double[] baseline, int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("steps must be >= 1, was " + steps);
    }
    return new IntegratedGradients(network, network.encode(baseline), steps);
  }

  @Override
  public Attribution explain(double[] row) {
    double[] encoded = network.encode(row);
    double[][] slopes = new double[network.outputs()][encoded.length];
    for (int k = 0; k < quadrature.points(); k++) {
      double[][] jacobian = network.jacobian(Paths.between(baseline, encoded, quadrature.node(k)));
      for (int c = 0; c < slopes.length; c++) {
        for (int d = 0; d < encoded.length; d++) {
          slopes[c][d] += quadrature.weight(k) * jacobian[c][d];
        }
      }
    }
    double[][] values = new double[slopes.length][];
    for (int c = 0; c < values.length; c++) {
      values[c] = Paths.attribute(network, baseline, encoded, slopes[c]);
    }
    return Attribution.exact(network.ofEncoded(baseline), network.score(row), values);
  }
}
