package dev.weir.serving.rest;

/**
 * What one request may ask for.
 *
 * @param maxRows most rows
 * @param maxBytes most bytes of the body
 */
public record Limits(int maxRows, int maxBytes) {
  /** 1,024 rows and 4 MiB. */
  public static final Limits DEFAULT = new Limits(1024, 4 * 1024 * 1024);

  void requireBytes(int bytes) {
    if (bytes > maxBytes) {
      throw new ProblemException(
          413, "the body has " + bytes + " bytes, at most " + maxBytes + " are allowed");
    }
  }

  void requireRows(long rows) {
    if (rows < 1 || rows > maxRows) {
      throw new ProblemException(
          400, "a request must have 1 to " + maxRows + " rows, this has " + rows);
    }
  }
}
