package dev.weir.registry;

/** A refused request, with MLflow's error code and the HTTP status that MLflow gives it. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  private ApiException(String code, int status, String message) {
    super(message);
    this.code = code;
    this.status = status;
  }

  static ApiException invalid(String message) {
    return new ApiException("INVALID_PARAMETER_VALUE", 400, message);
  }

  static ApiException missing(String message) {
    return new ApiException("RESOURCE_DOES_NOT_EXIST", 404, message);
  }

  static ApiException exists(String message) {
    return new ApiException("RESOURCE_ALREADY_EXISTS", 400, message);
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }
}
