package dev.weir.auditor.table;

/** A table that cannot be audited; the message says what is wrong, where, and what to do. */
public final class TableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TableException(String message) {
    super(message);
  }

  TableException(String message, Throwable cause) {
    super(message, cause);
  }

  static TableException at(long line, String problem) {
    return new TableException("line " + line + ": " + problem);
  }
}
