package dev.weir.contracts.certificate;

/** A certificate that must not be believed, with the reason. */
public final class CertificateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the refusal. */
  public CertificateException(String message) {
    super(message);
  }

  /** Creates the refusal with its cause. */
  public CertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
