package dev.weir.serving.rest;

import dev.weir.serving.rest.OpenInference.ServerLive;
import dev.weir.serving.rest.OpenInference.ServerMetadata;
import dev.weir.serving.rest.OpenInference.ServerReady;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The Open Inference Protocol's questions about the server. */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
public class ServerResource {
  private final ServingRegistry serving;

  /** Creates the resource. */
  @Inject
  public ServerResource(ServingRegistry serving) {
    this.serving = serving;
  }

  /** What the server is. */
  @GET
  public Response metadata() {
    return Response.ok(new ServerMetadata("weir", "0.1.0", List.of())).build();
  }

  /** Whether the server runs. */
  @GET
  @Path("/health/live")
  public Response live() {
    return Response.ok(new ServerLive(true)).build();
  }

  /** Whether the server can answer. */
  @GET
  @Path("/health/ready")
  public Response ready() {
    boolean isReady = serving.installation().isPresent();
    return Response.status(isReady ? 200 : 503).entity(new ServerReady(isReady)).build();
  }
}
