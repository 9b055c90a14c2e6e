package dev.weir.contracts.feature;

/** A record that cannot be encoded, with the field and the rule. */
public final class FeatureException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final Reason reason;

  /** Creates the error. */
  public FeatureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Returns the reason code. */
  public Reason reason() {
    return reason;
  }

  /** Why a record cannot be used. */
  public enum Reason {
    MISSING_FIELD,
    WRONG_TYPE,
    NOT_FINITE
  }
}
