package dev.weir.serving.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers a failed request with a problem. */
@Provider
public class ProblemMapper implements ExceptionMapper<ProblemException> {
  @Override
  public Response toResponse(ProblemException exception) {
    Response.Status status = Response.Status.fromStatusCode(exception.status());
    String title = status == null ? "Error" : status.getReasonPhrase();
    return Response.status(exception.status())
        .type(Problem.MEDIA_TYPE)
        .entity(Problem.of(exception.status(), title, exception.detail()))
        .build();
  }
}
