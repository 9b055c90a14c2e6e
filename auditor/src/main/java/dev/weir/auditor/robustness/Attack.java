package dev.weir.auditor.robustness;

/** How rows are disturbed. */
public enum Attack {
  /** Bounded noise on all numbers. */
  NOISE,
  /** One feature missing. */
  MISSING,
  /** One category swapped for another. */
  SWAP,
  /** Projected gradient on all numbers. */
  ADVERSARIAL
}
