package dev.weir.trainer.dataset;

/** The rows a request names cannot be read or are not enough. */
public final class DatasetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public DatasetException(String message) {
    super(message);
  }
}
