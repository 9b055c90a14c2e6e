package dev.weir.contracts.spec;

/** A file that a user wrote and that cannot be used, with file, line and what to do. */
public final class SpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the error; {@code message} starts with {@code file:line:}. */
  public SpecException(String message) {
    super(message);
  }
}
