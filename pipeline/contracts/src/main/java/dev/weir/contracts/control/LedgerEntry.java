package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Something that must be remembered.
 *
 * @param kind what happened, for example {@code audit}, {@code deployment}, {@code failed-job}
 * @param actor which role or person says so
 * @param model the model
 * @param requestId the request it belongs to
 * @param at event time
 * @param facts the facts, as JSON
 */
public record LedgerEntry(
    String kind, String actor, String model, String requestId, Instant at, JsonNode facts) {
  public LedgerEntry {
    requireNonNull(kind, "kind");
    requireNonNull(actor, "actor");
    requireNonNull(model, "model");
    requireNonNull(requestId, "requestId");
    requireNonNull(at, "at");
    requireNonNull(facts, "facts");
  }
}
