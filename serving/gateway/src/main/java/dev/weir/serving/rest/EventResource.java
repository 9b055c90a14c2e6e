package dev.weir.serving.rest;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.serving.live.Lease;
import dev.weir.serving.rest.OpenInference.RawPrediction;
import dev.weir.serving.rest.OpenInference.RawPredictions;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;

/** Raw events in, probabilities and decisions out; and what is live. */
@Path("/models/{name}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class EventResource {
  private final ServingRegistry serving;
  private final ChampionScoring scoring;

  /** Creates the resource. */
  @Inject
  public EventResource(ServingRegistry serving, ChampionScoring scoring) {
    this.serving = serving;
    this.scoring = scoring;
  }

  /** Encodes raw events by the spec and scores them with the champion. */
  @POST
  @Path("predict")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response predict(@PathParam("name") String name, byte[] body) {
    ModelSpec spec = serving.spec(name);
    ServingRegistry.Installation installation = serving.required();
    List<Row> rows =
        new RawEvents(spec).parse(body, installation.clock().instant(), installation.limits());
    try (Lease champion = scoring.champion(name, spec)) {
      float[][] features =
          rows.stream().map(row -> row.features().toArray()).toArray(float[][]::new);
      double[] scores = scoring.score(name, champion, features);
      List<RawPrediction> predictions = new ArrayList<>(scores.length);
      for (int i = 0; i < scores.length; i++) {
        Row row = rows.get(i);
        boolean isSelected = champion.model().selects(scores[i], row.groups());
        predictions.add(new RawPrediction(row.eventId(), scores[i], isSelected));
        scoring.log(name, row, champion.model(), scores[i]);
      }
      String version = Integer.toString(champion.model().version());
      return Response.ok(new RawPredictions(name, version, predictions)).build();
    }
  }

  /** What is live, and why. */
  @GET
  @Path("deployment")
  public Response deployment(@PathParam("name") String name) {
    serving.spec(name);
    Deployment deployment =
        serving
            .required()
            .live()
            .deployment(name)
            .orElseThrow(
                () -> new ProblemException(404, "nothing was decided about '" + name + "' yet"));
    return Response.ok(Json.write(deployment), MediaType.APPLICATION_JSON).build();
  }
}
