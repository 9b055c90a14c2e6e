package dev.weir.serving.rest;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.serving.live.Lease;
import dev.weir.serving.rest.OpenInference.InferenceResponse;
import dev.weir.serving.rest.OpenInference.ModelMetadata;
import dev.weir.serving.rest.OpenInference.ModelReady;
import dev.weir.serving.rest.OpenInference.OutputTensor;
import dev.weir.serving.rest.OpenInference.TensorMetadata;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The Open Inference Protocol's questions about a model, and of it. */
@Path("/v2/models/{name}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ModelResource {
  private final ServingRegistry serving;
  private final ChampionScoring scoring;

  /** Creates the resource. */
  @Inject
  public ModelResource(ServingRegistry serving, ChampionScoring scoring) {
    this.serving = serving;
    this.scoring = scoring;
  }

  /** What the model takes and gives. */
  @GET
  public Response metadata(@PathParam("name") String name) {
    return Response.ok(metadata(name, versions(name))).build();
  }

  /** What one live version takes and gives. */
  @GET
  @Path("versions/{version}")
  public Response version(@PathParam("name") String name, @PathParam("version") String version) {
    serving.spec(name);
    if (!versions(name).contains(version)) {
      throw new ProblemException(
          404, "version " + version + " of '" + name + "' is neither champion nor challenger");
    }
    return Response.ok(metadata(name, List.of(version))).build();
  }

  /** Whether the model has a champion. */
  @GET
  @Path("ready")
  public Response ready(@PathParam("name") String name) {
    serving.spec(name);
    Optional<Lease> champion = serving.required().live().champion(name);
    champion.ifPresent(Lease::close);
    boolean isReady = champion.isPresent();
    return Response.status(isReady ? 200 : 503).entity(new ModelReady(name, isReady)).build();
  }

  /** Scores feature vectors with the champion. */
  @POST
  @Path("infer")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response infer(@PathParam("name") String name, byte[] body) {
    ModelSpec spec = serving.spec(name);
    ServingRegistry.Installation installation = serving.required();
    InferenceRequest request =
        InferenceRequest.parse(body, spec.features().size(), installation.limits());
    try (Lease champion = scoring.champion(name, spec)) {
      double[] scores = scoring.score(name, champion, request.rows());
      for (int i = 0; i < request.ids().size(); i++) {
        Row row = row(request, i, spec, installation.clock().instant());
        scoring.log(name, row, champion.model(), scores[i]);
      }
      String version = Integer.toString(champion.model().version());
      List<Double> data = Arrays.stream(scores).boxed().toList();
      OutputTensor output = new OutputTensor("probability", "FP64", List.of(scores.length), data);
      return Response.ok(new InferenceResponse(name, version, request.id(), List.of(output)))
          .build();
    }
  }

  private static Row row(InferenceRequest request, int i, ModelSpec spec, Instant now) {
    return new Row(
        request.ids().get(i),
        "",
        now,
        spec.digest(),
        FeatureVector.of(request.rows()[i]),
        Map.of(),
        Origin.REST);
  }

  private List<String> versions(String name) {
    serving.spec(name);
    return serving
        .required()
        .live()
        .deployment(name)
        .map(
            d ->
                Stream.of(Optional.ofNullable(d.champion()), Optional.ofNullable(d.challenger()))
                    .flatMap(Optional::stream)
                    .map(slot -> Integer.toString(slot.version()))
                    .toList())
        .orElse(List.of());
  }

  private ModelMetadata metadata(String name, List<String> versions) {
    int features = serving.spec(name).features().size();
    return new ModelMetadata(
        name,
        versions,
        "onnxruntime_onnx",
        List.of(new TensorMetadata("features", "FP32", List.of(-1, features))),
        List.of(new TensorMetadata("probability", "FP64", List.of(-1))));
  }
}
