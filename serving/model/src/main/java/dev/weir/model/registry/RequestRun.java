package dev.weir.model.registry;

/**
 * A run that was started for a training request.
 *
 * @param status MLflow's word, for example {@code RUNNING}, {@code FINISHED} or {@code FAILED}
 */
public record RequestRun(String runId, String status) {}
