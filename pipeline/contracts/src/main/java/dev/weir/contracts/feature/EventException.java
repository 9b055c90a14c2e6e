package dev.weir.contracts.feature;

/** An event that cannot be used, with the field and the rule that it breaks. */
public final class EventException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Reason reason;

  /** Creates the error. */
  public EventException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns the reason code. */
  public Reason reason() {
    return reason;
  }

  /** Why an event cannot be used. */
  public enum Reason {
    MALFORMED_JSON,
    MISSING_FIELD,
    WRONG_TYPE,
    NOT_FINITE,
    TOO_AHEAD,
    TOO_LARGE
  }
}
