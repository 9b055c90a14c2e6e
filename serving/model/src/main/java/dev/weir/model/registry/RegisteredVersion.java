package dev.weir.model.registry;

import java.time.Instant;
import java.util.Map;

/**
 * A version of a registered model.
 *
 * @param source the artifact URI it was registered from
 * @param tags the version's tags
 */
public record RegisteredVersion(
    String model,
    int version,
    String runId,
    String source,
    Map<String, String> tags,
    Instant createdAt) {
  /** Copies the tags. */
  public RegisteredVersion {
    tags = Map.copyOf(tags);
  }
}
