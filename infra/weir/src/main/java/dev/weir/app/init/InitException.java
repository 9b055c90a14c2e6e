package dev.weir.app.init;

/** Data that no first spec can be made of; the message says why and what to do. */
public final class InitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the error. */
  public InitException(String message) {
    super(message);
  }
}
