package dev.weir.pipeline.trigger;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The examples that came between two ticks.
 *
 * @param runs by partition, in the order of offsets; partitions without one are absent
 * @param corrected by partition, offset of the last correction; absent where there was none
 */
public record EpochExamples(
    SortedMap<Integer, List<ExampleRun>> runs, SortedMap<Integer, Long> corrected) {
  public EpochExamples {
    runs = new TreeMap<>(runs);
    runs.values().removeIf(List::isEmpty);
    corrected = new TreeMap<>(corrected);
  }

  /** Returns how many examples came; a correction is none. */
  long count() {
    return runs.values().stream().mapToLong(EpochExamples::count).sum();
  }

  static long count(List<ExampleRun> runs) {
    return runs.stream().mapToLong(ExampleRun::count).sum();
  }

  /** Returns the offset from which on a partition has its last {@code count} examples. */
  static long startOfLast(List<ExampleRun> runs, long count) {
    long open = count;
    for (int i = runs.size() - 1; i >= 0; i--) {
      ExampleRun run = runs.get(i);
      if (run.count() >= open) {
        return run.to() - open;
      }
      open -= run.count();
    }
    throw new IllegalArgumentException("asked for " + count + " of " + count(runs) + " examples");
  }
}
