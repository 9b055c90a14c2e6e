package dev.weir.model.explain;

/** A model seen from outside: rows [N, F] to the probability of class 1 per row. */
@FunctionalInterface
public interface Scorer {
  /** Returns one probability per row; must not keep or change the rows. */
  double[] score(float[][] rows);
}
