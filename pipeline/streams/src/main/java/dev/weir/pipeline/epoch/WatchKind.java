package dev.weir.pipeline.epoch;

/** The kinds of records on the topic {@code watch}; a record's key names its kind. */
public enum WatchKind {
  /** How far a partition's inputs have come, in a free run. */
  PROGRESS("progress"),
  /** An outcome of the champion. */
  OUTCOME("outcome"),
  /** What a partition saw in an epoch; all that it had to say of the epoch comes before. */
  EPOCH("epoch");

  private final String key;

  WatchKind(String key) {
    this.key = key;
  }

  /** Returns the key of its records. */
  public String key() {
    return key;
  }
}
