package dev.weir.contracts.spec;

/** Which of an event's labels counts when they differ. */
public enum OnConflict {
  /** The first that comes, in time or not; others are counted and dropped. */
  FIRST,
  /**
   * Of those that are in time the one with the latest label time and, of the same time, the one
   * that comes last. One that replaces another is a further revision.
   */
  LAST
}
