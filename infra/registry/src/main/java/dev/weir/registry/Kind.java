package dev.weir.registry;

/**
 * What a journal entry is about. A metric is appended to its run's history, all else is replaced.
 */
enum Kind {
  EXPERIMENT,
  RUN,
  METRIC,
  MODEL,
  VERSION
}
