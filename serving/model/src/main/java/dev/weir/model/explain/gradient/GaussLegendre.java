package dev.weir.model.explain.gradient;

/**
 * The Gauss–Legendre quadrature on [0, 1]: {@code ∫₀¹ g ≈ Σₖ weightₖ g(nodeₖ)}, exact for
 * polynomials of degree up to 2n − 1.
 *
 * <p>Nodes are the roots of the Legendre polynomial Pₙ by Newton's method from {@code cos(π (k −
 * 1/4) / (n + 1/2))}, weights {@code 2 / ((1 − x²) Pₙ′(x)²)}, both brought from [−1, 1] to [0, 1].
 *
 * @see <a href="https://dlmf.nist.gov/3.5#v">NIST Digital Library of Mathematical Functions,
 *     §3.5(v)</a>
 */
final class GaussLegendre {
  private static final int NEWTON_STEPS = 100;
  private static final double CONVERGED = 1e-15;

  private final double[] nodes;
  private final double[] weights;

  private GaussLegendre(double[] nodes, double[] weights) {
    this.nodes = nodes;
    this.weights = weights;
  }

  static GaussLegendre of(int points) {
    double[] nodes = new double[points];
    double[] weights = new double[points];
    for (int k = 0; k < points; k++) {
      double x = root(points, Math.cos(Math.PI * (k + 0.75) / (points + 0.5)));
      double slope = legendre(points, x)[1];
      nodes[k] = (1 - x) / 2;
      weights[k] = 1 / ((1 - x * x) * slope * slope);
    }
    return new GaussLegendre(nodes, weights);
  }

  int points() {
    return nodes.length;
  }

  double node(int k) {
    return nodes[k];
  }

  double weight(int k) {
    return weights[k];
  }

  private static double root(int n, double start) {
    double x = start;
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double[] at = legendre(n, x);
      double change = at[0] / at[1];
      x -= change;
      if (Math.abs(change) < CONVERGED) {
        break;
      }
    }
    return x;
  }

  /** Returns Pₙ(x) and its derivative, by the three-term recurrence. */
  private static double[] legendre(int n, double x) {
    double before = 1;
    double here = x;
    for (int k = 2; k <= n; k++) {
      double next = ((2 * k - 1) * x * here - (k - 1) * before) / k;
      before = here;
      here = next;
    }
    return new double[] {here, n * (x * here - before) / (x * x - 1)};
  }
}
