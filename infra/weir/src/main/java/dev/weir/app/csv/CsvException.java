package dev.weir.app.csv;

/** A file that is no table as it should be; the message says where, why, and what to do. */
public final class CsvException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the error. */
  public CsvException(String message) {
    super(message);
  }

  /** Creates the error with its cause. */
  public CsvException(String message, Throwable cause) {
    super(message, cause);
  }
}
