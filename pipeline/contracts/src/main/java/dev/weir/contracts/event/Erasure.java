package dev.weir.contracts.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A request to delete what is kept of an entity's events.
 *
 * @param entityId whom the events are about
 * @param time events up to this time are meant, also those that are yet to come
 */
public record Erasure(String entityId, Instant time) {
  public Erasure {
    requireNonNull(entityId, "entityId");
    requireNonNull(time, "time");
  }
}
