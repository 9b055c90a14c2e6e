package dev.weir.serving.rest;

/**
 * A problem as RFC 9457 says it, with the field that the Open Inference Protocol asks for.
 *
 * @param type always {@code about:blank}: the status says the kind
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what is wrong with this request
 * @param error the same, for clients of the Open Inference Protocol
 */
public record Problem(String type, String title, int status, String detail, String error) {
  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail, detail);
  }
}
