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

  /** Creates the error that {@code cause} led to. */
  public EventException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Returns the reason code. */
  public Reason reason() {
    return reason;
  }

  /** Why an event cannot be used. */
  public enum Reason {
    /** The value is no JSON object, or has a key twice, or something behind it. */
    MALFORMED_JSON,
    /** The value is no Avro record, or no Protobuf message, of its schema. */
    MALFORMED_VALUE,
    /** It is no CloudEvent, or no change event, where the spec declares that. */
    MALFORMED_ENVELOPE,
    /** A field that must be there is not, or is empty. */
    MISSING_FIELD,
    /** A field has a value that breaks its rule. */
    WRONG_TYPE,
    /** A number is larger than a float takes. */
    NOT_FINITE,
    /** Its time lies further ahead of the clock than {@code maxAhead}. */
    TOO_AHEAD,
    /** The value, or a number in it, is too long. */
    TOO_LARGE,
    /** Its objects and lists are nested too deeply. */
    TOO_DEEP,
    /** The registry does not know the schema that the value names. */
    SCHEMA_UNKNOWN,
    /** Its schema differs from the spec's in what evolution does not allow. */
    SCHEMA_INCOMPATIBLE,
    /** The label's expression cannot be evaluated over it. */
    EXPRESSION_FAILED
  }
}
