package dev.weir.statistics.mitigation;

/** What a mitigation makes alike between groups. */
public enum Parity {
  /** The share that is selected. */
  DEMOGRAPHIC_PARITY,
  /** The share of the positives that is selected: equal opportunity. */
  TRUE_POSITIVE_RATE_PARITY,
  /** The share of the negatives that is selected. */
  FALSE_POSITIVE_RATE_PARITY,
  /** Both of the last two. */
  EQUALIZED_ODDS
}
