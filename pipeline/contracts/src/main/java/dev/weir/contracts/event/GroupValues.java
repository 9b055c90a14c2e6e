package dev.weir.contracts.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was said of somebody's groups, kept apart from the rows.
 *
 * @param subject the id of the event or entity that it is about, as the spec says
 * @param time from when it holds, or when it was said
 * @param values field to value as it was said, sorted; only the fields that the spec's groups read.
 *     The spec that reads them says which value is in which class
 */
public record GroupValues(String subject, Instant time, Map<String, String> values) {
  public GroupValues {
    requireNonNull(subject, "subject");
    requireNonNull(time, "time");
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
