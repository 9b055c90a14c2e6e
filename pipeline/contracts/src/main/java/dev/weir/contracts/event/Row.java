package dev.weir.contracts.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One encoded event.
 *
 * @param eventId the event's id, unique per event
 * @param entityId whom the event is about
 * @param eventTime when it happened
 * @param specDigest digest of the model spec whose encoder wrote the features
 * @param features the encoded features, in the spec's order
 * @param groups group name to group value, sorted by name; for the audit, and for training and
 *     decisions only where the policy's mitigation allows it. Empty on topics where the spec's
 *     {@code events.groups} keeps them apart
 * @param origin where the row entered
 */
public record Row(
    String eventId,
    String entityId,
    Instant eventTime,
    String specDigest,
    FeatureVector features,
    Map<String, String> groups,
    Origin origin) {
  public Row {
    requireNonNull(eventId, "eventId");
    requireNonNull(entityId, "entityId");
    requireNonNull(eventTime, "eventTime");
    requireNonNull(specDigest, "specDigest");
    requireNonNull(features, "features");
    requireNonNull(origin, "origin");
    groups = Collections.unmodifiableMap(new TreeMap<>(groups));
  }

  /** Returns the same row with other groups. */
  public Row with(Map<String, String> others) {
    return new Row(eventId, entityId, eventTime, specDigest, features, others, origin);
  }
}
