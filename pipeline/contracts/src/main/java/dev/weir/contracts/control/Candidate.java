package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of one training request.
 *
 * @param request the request
 * @param status whether a version was trained
 * @param version the registered version; 0 when the job failed
 * @param runId the registry's run that holds {@code model/model.onnx} and {@code
 *     model/manifest.json}; empty when failed
 * @param onnxDigest sha256 (hex) of the model file; empty when failed
 * @param manifestDigest sha256 (hex) of the manifest file; empty when failed
 * @param metrics training metrics, with {@code joules} among them
 * @param energyMethod {@code measured} or {@code estimated}
 * @param failure why the job failed, if it did
 * @param finishedAt event time at which the candidate was made
 */
public record Candidate(
    TrainingRequest request,
    Status status,
    int version,
    String runId,
    String onnxDigest,
    String manifestDigest,
    Map<String, Double> metrics,
    String energyMethod,
    @Nullable String failure,
    Instant finishedAt) {
  public Candidate {
    requireNonNull(request, "request");
    requireNonNull(status, "status");
    requireNonNull(runId, "runId");
    requireNonNull(onnxDigest, "onnxDigest");
    requireNonNull(manifestDigest, "manifestDigest");
    requireNonNull(energyMethod, "energyMethod");
    requireNonNull(finishedAt, "finishedAt");
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }

  /** Whether a job gave a version. */
  public enum Status {
    TRAINED,
    FAILED
  }
}
