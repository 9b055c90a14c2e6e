package dev.weir.trainer.worker;

import dev.weir.contracts.control.TrainingRequest;
import dev.weir.model.artifact.ModelArtifact;
import dev.weir.model.registry.ModelRegistry;
import dev.weir.model.registry.RegisteredVersion;
import dev.weir.model.registry.RequestRun;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * One model's versions in the registry, by the request that each answers: one request, one version,
 * wherever an earlier worker died.
 *
 * <p>The order of the steps is what makes a request resumable: run started (RUNNING), files stored,
 * run FINISHED, version registered.
 */
final class Registrations {
  private static final String REQUEST_TAG = "weir.requestId";

  private final String model;
  private final ModelRegistry registry;
  private final Clock clock;

  Registrations(String model, ModelRegistry registry, Clock clock) {
    this.model = model;
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Returns the version of a request that an earlier worker trained, registered now where that
   * worker came no further than the files. A run that it left open is closed as failed.
   */
  Optional<Registered> find(String requestId) {
    Optional<Registered> version =
        registry.versions(model).stream()
            .filter(v -> requestId.equals(v.tags().get(REQUEST_TAG)))
            .findFirst()
            .map(this::load);
    return version.isPresent() ? version : fromRun(requestId);
  }

  private Optional<Registered> fromRun(String requestId) {
    Optional<String> finished = Optional.empty();
    for (RequestRun run : registry.runs(model, requestId)) {
      if (run.status().equals("RUNNING")) {
        registry.finishRun(run.runId(), false, clock.millis());
      } else if (run.status().equals("FINISHED")) {
        finished = Optional.of(run.runId());
      }
    }
    return finished.map(runId -> version(requestId, runId));
  }

  /** Returns the profile of the training rows behind a run, where its manifest states one. */
  Optional<byte[]> reference(String runId) {
    return ModelArtifact.load(registry, runId).loadReference(registry, runId);
  }

  /**
   * Stores the files with a run of their own and returns the request's version.
   *
   * @param beside more files whose digests the manifest states, by path
   */
  Registered register(
      TrainingRequest request,
      ModelArtifact artifact,
      Map<String, byte[]> beside,
      Map<String, String> parameters) {
    long now = clock.millis();
    String id = request.requestId();
    String runId = registry.startRun(model, id, Map.of(REQUEST_TAG, id), now);
    registry.logBatch(runId, artifact.manifest().metrics(), parameters, now);
    artifact.save(registry, runId);
    beside.forEach((path, content) -> registry.upload(runId, path, content));
    registry.finishRun(runId, true, now);
    return version(id, runId);
  }

  /** What is registered counts, also where another worker was faster with a run of its own. */
  private Registered version(String requestId, String runId) {
    int version = registry.registerVersion(model, runId, Map.of(REQUEST_TAG, requestId));
    return load(registry.version(model, version).orElseThrow());
  }

  private Registered load(RegisteredVersion version) {
    return new Registered(
        version.version(), version.runId(), ModelArtifact.load(registry, version.runId()));
  }
}
