package dev.weir.dashboards.rest;

import dev.weir.contracts.serde.Json;
import dev.weir.dashboards.log.AuditLog;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;

/** Models, their versions and the decisions about them. */
@Path("/api/models")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class AuditResource {
  private static final String PROBLEM = "application/problem+json";

  private final Dashboards dashboards;

  /** A problem as RFC 9457 says it. */
  private record Problem(String type, String title, int status, String detail) {}

  /** Creates the resource. */
  @Inject
  public AuditResource(Dashboards dashboards) {
    this.dashboards = dashboards;
  }

  /** The models. */
  @GET
  public Response models() {
    return answer(log -> Optional.of(log.models()), "");
  }

  /** The versions of a model, newest first. */
  @GET
  @Path("{model}/versions")
  public Response versions(@PathParam("model") String model) {
    return answer(log -> log.versions(model), model);
  }

  /** The decisions about a model, in the order of the ledger. */
  @GET
  @Path("{model}/decisions")
  public Response decisions(@PathParam("model") String model) {
    return answer(log -> log.decisions(model), model);
  }

  private Response answer(Function<AuditLog, Optional<?>> question, String model) {
    Optional<AuditLog> log = dashboards.log();
    if (log.isEmpty()) {
      return problem(503, "Service Unavailable", "the dashboards have not started yet");
    }
    if (log.get().failure().isPresent()) {
      return problem(
          503,
          "Service Unavailable",
          "the audit log stopped and what it knows is old: " + log.get().failure().get());
    }
    return question
        .apply(log.get())
        .map(found -> Response.ok(Json.write(found), MediaType.APPLICATION_JSON).build())
        .orElseGet(() -> problem(404, "Not Found", "nothing is known of a model '" + model + "'"));
  }

  private static Response problem(int status, String title, String detail) {
    return Response.status(status)
        .type(PROBLEM)
        .entity(Json.write(new Problem("about:blank", title, status, detail)))
        .build();
  }
}
