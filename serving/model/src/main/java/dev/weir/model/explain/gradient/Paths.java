package dev.weir.model.explain.gradient;

import dev.weir.model.network.DenseNetwork;

/** Straight paths between two encoded rows. */
final class Paths {
  private Paths() {}

  /** Returns {@code from + α (to − from)}. */
  static double[] between(double[] from, double[] to, double alpha) {
    double[] point = new double[from.length];
    for (int d = 0; d < point.length; d++) {
      point[d] = from[d] + alpha * (to[d] - from[d]);
    }
    return point;
  }

  /** Returns {@code (to − from) · slope} summed over each feature's block, shape [F]. */
  static double[] attribute(DenseNetwork network, double[] from, double[] to, double[] slope) {
    double[] products = new double[from.length];
    for (int d = 0; d < products.length; d++) {
      products[d] = (to[d] - from[d]) * slope[d];
    }
    return network.sumByFeature(products);
  }
}
