package dev.weir.pipeline.join;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Ids by the time at which something is due, in memory. It has no changelog: whoever has one fills
 * it from its own store at each start. Not thread-safe.
 */
final class Deadlines {
  private final TreeSet<Deadline> deadlines = new TreeSet<>();

  private record Deadline(long time, String id) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline other) {
      return time != other.time ? Long.compare(time, other.time) : id.compareTo(other.id);
    }
  }

  void put(long time, String id) {
    deadlines.add(new Deadline(time, id));
  }

  void remove(long time, String id) {
    deadlines.remove(new Deadline(time, id));
  }

  boolean isEmpty() {
    return deadlines.isEmpty();
  }

  int size() {
    return deadlines.size();
  }

  /** Removes each entry with {@code time < now} and returns the ids, by time and id. */
  List<String> removeBefore(long now) {
    List<String> ids = new ArrayList<>();
    while (!deadlines.isEmpty() && deadlines.first().time < now) {
      ids.add(deadlines.pollFirst().id);
    }
    return ids;
  }
}
