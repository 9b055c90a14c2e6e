package dev.weir.pipeline.ingest;

/** A record that cannot be used. */
final class DeadLetter extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Reason reason;

  DeadLetter(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /** Why a record cannot be used. */
  enum Reason {
    MALFORMED_JSON,
    MISSING_FIELD,
    WRONG_TYPE,
    NOT_FINITE,
    TOO_AHEAD,
    TOO_LARGE
  }
}
