package dev.weir.model.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.model.artifact.ModelException;
import dev.weir.model.artifact.ModelException.Code;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;

/**
 * Runs, versions, aliases and artifacts in an MLflow-compatible registry.
 *
 * <p>Runs go through MLflow's client, the rest over plain HTTP with timeouts. Failures are {@link
 * ModelException}s. Thread-safe.
 */
public final class ModelRegistry implements AutoCloseable {
  private static final String REQUEST_ID = "weir.requestId";
  private static final String SCHEME = "mlflow-artifacts:/";

  private final MlflowClient runs;
  private final RegistryHttp http;

  private ModelRegistry(URI tracking) {
    runs = new MlflowClient(tracking.toString());
    http = new RegistryHttp(tracking);
  }

  /** Returns a client of the registry at this tracking URI; nothing is sent yet. */
  public static ModelRegistry connect(URI tracking) {
    return new ModelRegistry(tracking);
  }

  /** Returns the id of a new run; the experiment is created if absent. */
  public String startRun(
      String experiment, String runName, Map<String, String> tags, long startMillis) {
    CreateRun.Builder run =
        CreateRun.newBuilder()
            .setExperimentId(experimentId(experiment))
            .setRunName(runName)
            .setStartTime(startMillis)
            .addTags(tag("mlflow.runName", runName));
    new TreeMap<>(tags).forEach((key, value) -> run.addTags(tag(key, value)));
    return tracked(() -> runs.createRun(run.build()).getRunId());
  }

  /** Logs metrics (step 0) and parameters at once. */
  public void logBatch(
      String runId, Map<String, Double> metrics, Map<String, String> params, long timestampMillis) {
    List<Metric> logged = new ArrayList<>();
    new TreeMap<>(metrics)
        .forEach(
            (key, value) ->
                logged.add(
                    Metric.newBuilder()
                        .setKey(key)
                        .setValue(value)
                        .setTimestamp(timestampMillis)
                        .setStep(0)
                        .build()));
    List<Param> written = new ArrayList<>();
    new TreeMap<>(params)
        .forEach(
            (key, value) -> written.add(Param.newBuilder().setKey(key).setValue(value).build()));
    tracked(
        () -> {
          runs.logBatch(runId, logged, written, List.of());
          return runId;
        });
  }

  /** Ends a run as FINISHED or FAILED. */
  public void finishRun(String runId, boolean succeeded, long endMillis) {
    RunStatus status = succeeded ? RunStatus.FINISHED : RunStatus.FAILED;
    tracked(
        () -> {
          runs.setTerminated(runId, status, endMillis);
          return runId;
        });
  }

  /**
   * Returns the runs of an experiment that have the tag {@code weir.requestId}, newest first; none
   * for an unknown experiment.
   *
   * @throws IllegalArgumentException if the id has a quote in it, which no filter can express
   */
  public List<RequestRun> runs(String experiment, String requestId) {
    if (requestId.contains("'")) {
      throw new IllegalArgumentException("requestId must have no quote, was " + requestId);
    }
    Optional<JsonNode> known = http.find("experiments/get-by-name", "experiment_name", experiment);
    if (known.isEmpty()) {
      return List.of();
    }
    ObjectNode search = object("filter", "tags.`" + REQUEST_ID + "` = '" + requestId + "'");
    search.putArray("experiment_ids").add(known.get().path("experiment").path("experiment_id"));
    List<RequestRun> found = new ArrayList<>();
    for (JsonNode run : http.post("runs/search", search).path("runs")) {
      JsonNode info = run.path("info");
      found.add(new RequestRun(info.path("run_id").asText(), info.path("status").asText()));
    }
    return List.copyOf(found);
  }

  /** Stores a file of a run under a path relative to the run's artifacts. */
  public void upload(String runId, String path, byte[] content) {
    http.put(artifactRoot(runId) + "/" + path, content);
  }

  /** Returns a file of a run, or fails with ARTIFACT_MISSING. */
  public byte[] download(String runId, String path) {
    return http.get(artifactRoot(runId) + "/" + path);
  }

  /**
   * Returns the number of the version registered from a run; the model is created if absent.
   *
   * <p>When a version of the model has the same tag {@code weir.requestId}, that one is returned
   * and nothing is created, so a repeated request registers once. Two callers at the same instant
   * may still create two: requests of one model must be served one after the other.
   */
  public int registerVersion(String model, String runId, Map<String, String> tags) {
    http.create("registered-models/create", object("name", model));
    String request = tags.get(REQUEST_ID);
    if (request != null) {
      for (RegisteredVersion version : versions(model)) {
        if (request.equals(version.tags().get(REQUEST_ID))) {
          return version.version();
        }
      }
    }
    ObjectNode body = object("name", model, "run_id", runId);
    body.put("source", SCHEME + artifactRoot(runId) + "/model");
    ArrayNode list = body.putArray("tags");
    new TreeMap<>(tags).forEach((key, value) -> list.add(object("key", key, "value", value)));
    return http.post("model-versions/create", body).path("model_version").path("version").asInt();
  }

  /** Sets a tag of a version. */
  public void setVersionTag(String model, int version, String key, String value) {
    http.post(
        "model-versions/set-tag",
        object("name", model, "version", Integer.toString(version), "key", key, "value", value));
  }

  /** Points an alias at a version. */
  public void setAlias(String model, String alias, int version) {
    http.post(
        "registered-models/alias",
        object("name", model, "alias", alias, "version", Integer.toString(version)));
  }

  /** Takes an alias away; nothing happens where the model does not have it. */
  public void deleteAlias(String model, String alias) {
    http.delete("registered-models/alias", object("name", model, "alias", alias));
  }

  /** Returns the version an alias points at; empty when alias or model is absent. */
  public OptionalInt aliased(String model, String alias) {
    Optional<JsonNode> found = http.find("registered-models/alias", "name", model, "alias", alias);
    return found.isPresent()
        ? OptionalInt.of(found.get().path("model_version").path("version").asInt())
        : OptionalInt.empty();
  }

  /** Returns a version, if there is one. */
  public Optional<RegisteredVersion> version(String model, int version) {
    return http.find("model-versions/get", "name", model, "version", Integer.toString(version))
        .map(answer -> read(answer.path("model_version")));
  }

  /** Returns all versions of a model in ascending order; empty for an unknown model. */
  public List<RegisteredVersion> versions(String model) {
    List<RegisteredVersion> versions = new ArrayList<>();
    String page = "";
    do {
      JsonNode answer =
          http.find(
                  "model-versions/search",
                  "filter",
                  "name='" + model + "'",
                  "max_results",
                  "1000",
                  "page_token",
                  page)
              .orElseGet(RegistryHttp.JSON::createObjectNode);
      answer.path("model_versions").forEach(version -> versions.add(read(version)));
      page = answer.path("next_page_token").asText("");
    } while (!page.isEmpty());
    versions.sort(Comparator.comparingInt(RegisteredVersion::version));
    return List.copyOf(versions);
  }

  @Override
  public void close() {
    runs.close();
  }

  private String experimentId(String name) {
    return tracked(
        () -> {
          var known = runs.getExperimentByName(name);
          if (known.isPresent()) {
            return known.get().getExperimentId();
          }
          try {
            return runs.createExperiment(name);
          } catch (MlflowClientException lostRace) {
            return runs.getExperimentByName(name).orElseThrow(() -> lostRace).getExperimentId();
          }
        });
  }

  private String artifactRoot(String runId) {
    String uri =
        http.find("runs/get", "run_id", runId)
            .orElseThrow(() -> new ModelException(Code.ARTIFACT_MISSING, "no run " + runId))
            .path("run")
            .path("info")
            .path("artifact_uri")
            .asText();
    if (!uri.startsWith(SCHEME)) {
      throw new ModelException(
          Code.MODEL_INVALID, "the registry must serve artifacts itself, has " + uri);
    }
    return uri.substring(SCHEME.length());
  }

  private static RegisteredVersion read(JsonNode version) {
    Map<String, String> tags = new HashMap<>();
    version
        .path("tags")
        .forEach(tag -> tags.put(tag.path("key").asText(), tag.path("value").asText()));
    return new RegisteredVersion(
        version.path("name").asText(),
        version.path("version").asInt(),
        version.path("run_id").asText(),
        version.path("source").asText(),
        tags,
        Instant.ofEpochMilli(version.path("creation_timestamp").asLong()));
  }

  private static <T> T tracked(Supplier<T> call) {
    try {
      return call.get();
    } catch (MlflowClientException e) {
      throw new ModelException(Code.REGISTRY_UNAVAILABLE, "the tracking server failed", e);
    }
  }

  private static RunTag tag(String key, String value) {
    return RunTag.newBuilder().setKey(key).setValue(value).build();
  }

  private static ObjectNode object(String... pairs) {
    ObjectNode object = RegistryHttp.JSON.createObjectNode();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put(pairs[i], pairs[i + 1]);
    }
    return object;
  }
}
