package dev.weir.contracts.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one model version said of one row.
 *
 * @param eventId the event's id
 * @param eventTime the row's event time
 * @param version the model version
 * @param role whether the version decided or watched
 * @param probability the probability of class 1, in [0, 1]
 * @param origin where the row entered
 * @param selected whether the version's decision threshold selects the row, that of the row's group
 *     where the version has one; null in records from before it was recorded
 */
public record Prediction(
    String eventId,
    Instant eventTime,
    int version,
    ServingRole role,
    double probability,
    Origin origin,
    @Nullable Boolean selected) {
  public Prediction {
    requireNonNull(eventId, "eventId");
    requireNonNull(eventTime, "eventTime");
    requireNonNull(role, "role");
    requireNonNull(origin, "origin");
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be in [0, 1], was " + probability);
    }
  }
}
