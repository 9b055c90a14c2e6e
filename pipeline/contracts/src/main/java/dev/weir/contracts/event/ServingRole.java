package dev.weir.contracts.event;

/** What a model version was when it scored a row: it decided, or it only watched. */
public enum ServingRole {
  CHAMPION,
  SHADOW
}
