package dev.weir.bench;

/** A way to explain one row: values of shape [C, F]. */
@FunctionalInterface
interface RowExplainer {
  double[][] explain(double[] row);
}
