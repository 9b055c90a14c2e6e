package dev.weir.contracts.event;

/** Where a row entered: from the features topic or from a REST caller. */
public enum Origin {
  STREAM,
  REST
}
