package dev.weir.contracts.control;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where one spec of a model ends and the next begins: a record of the user's below these offsets is
 * decided by the former, all others by the latter. A partition that is not named begins with the
 * new spec.
 *
 * @param offsets by topic of the user and partition, the first offset of the new spec
 * @param tick the last tick before it
 * @param version the version whose promotion it follows
 * @param requestId the request behind that version
 * @param reason the reason in words
 */
public record CutOver(
    SortedMap<String, SortedMap<Integer, Long>> offsets,
    Tick tick,
    int version,
    String requestId,
    String reason) {
  public CutOver {
    SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
    offsets.forEach(
        (topic, each) -> copy.put(topic, Collections.unmodifiableSortedMap(new TreeMap<>(each))));
    offsets = Collections.unmodifiableSortedMap(copy);
    requireNonNull(tick, "tick");
    requireNonNull(requestId, "requestId");
    requireNonNull(reason, "reason");
  }

  /** Returns whether it comes after a record of the user's. */
  public boolean isAfter(String topic, int partition, long offset) {
    Map<Integer, Long> each = offsets.get(topic);
    return each != null && offset < each.getOrDefault(partition, 0L);
  }
}
