package dev.weir.contracts.event;

/** Where a row entered, and whether its spec decides the event. */
public enum Origin {
  /** From the features topic. */
  STREAM,
  /** From a REST caller. */
  REST,
  /** From the features topic, by a spec in shadow: another spec decides this event. */
  SHADOW
}
