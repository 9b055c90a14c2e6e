package dev.weir.pipeline.watermark;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/*
 * The watermark is the smallest, over all partitions of all inputs, of the largest event time read
 * there:
 *
 *   rows-0    ──12:00──12:07──12:05──►   12:07 ┐
 *   rows-1    ──12:01──12:04─────────►   12:04 ├─► 12:03
 *   labels-0  ──11:58──12:03─────────►   12:03 │
 *   labels-1  ──12:02──12:06─────────►   12:06 ┘
 *
 * All are known from the start: one that was not read yet holds the watermark. So does each partition
 * of the users' topics, as far as it is read in each of ours, from its first record on: in rows and
 * labels they are mixed, and what one that is behind has yet to bring must not be too late. One that is idle is
 * left out; idle is only what a task looked at, and lately, and where nothing came. Reports that
 * stop for a while, as when the broker is away, end all quiet: it begins anew. While all are
 * idle it moves with wall time, from where it stands: replayed records of last year, once they have
 * ended, expire at the pace of a clock and not all at once. It never goes back. (Akidau et al., "The
 * dataflow model", VLDB 2015; idleness as in Apache Flink's WatermarkStrategy.withIdleness, except
 * for the pace and for tasks that are down.)
 */

/** How far event time has come, by what was read and, where nothing is, by wall time. */
final class Watermark {
  private static final long NONE = Long.MIN_VALUE;
  private static final String HERE = "@";
  private static final long STEADY = Long.MAX_VALUE / 2;

  private final WatermarkRules rules;
  private final Map<String, Input> inputs = new TreeMap<>();
  private final WallTime wallTime;
  private long time = NONE;
  private long earliest = Long.MAX_VALUE;

  private static final class Input {
    private long reached = NONE;
    private long quietMillis;
    private long unreportedMillis;

    /** Wall time for which reports have come without a gap; forever, as long as none is known. */
    private long steadyMillis = STEADY;
  }

  /** Creates a watermark over rows and labels in so many partitions each. */
  Watermark(int partitions, WatermarkRules rules) {
    this.rules = rules;
    this.wallTime = new WallTime(rules.longestStepMillis());
    for (int partition = 0; partition < partitions; partition++) {
      inputs.put(rowsOf(partition), new Input());
      inputs.put(labelsOf(partition), new Input());
    }
  }

  private static String rowsOf(int partition) {
    return "rows-" + partition;
  }

  private static String labelsOf(int partition) {
    return "labels-" + partition;
  }

  /** Takes a partition's report. */
  void report(PartitionProgress progress) {
    report(rowsOf(progress.partition()), progress.rows());
    report(labelsOf(progress.partition()), progress.labels());
    progress.origins().forEach((name, input) -> report(of(name, progress.partition()), input));
    String here = of("", progress.partition());
    inputs.forEach(
        (name, input) -> {
          if (name.endsWith(here) && !progress.origins().containsKey(origin(name))) {
            // Known from an earlier life of the task; as long as this one has looked, nothing came.
            input.quietMillis = progress.lookedMillis();
            input.unreportedMillis = 0;
          }
        });
  }

  /** Returns the name of what comes from one of the users' partitions into one of ours. */
  private static String of(String origin, int partition) {
    return origin + HERE + partition;
  }

  private static String origin(String input) {
    return input.substring(0, input.lastIndexOf(HERE));
  }

  private void report(String name, PartitionProgress.Input progress) {
    Input input = input(name);
    if (progress.reached() != null) {
      input.reached = Math.max(input.reached, progress.reached());
    }
    if (progress.earliest() != null) {
      earliest = Math.min(earliest, progress.earliest());
    }
    input.quietMillis = progress.quietMillis();
    input.unreportedMillis = 0;
  }

  /** Takes over how far an input had come in an earlier life. */
  void restore(String input, long reached) {
    input(input).reached = reached;
  }

  /** Moves the watermark to {@code to}, if that lies ahead of it. */
  void raise(long to) {
    time = Math.max(time, to);
  }

  /** Looks at the inputs; wall time since the last look may move the watermark. */
  void look(long now) {
    long elapsed = wallTime.elapsed(now);
    long smallest = Long.MAX_VALUE;
    for (Input input : inputs.values()) {
      pass(input, elapsed);
      if (!isIdle(input)) {
        smallest = Math.min(smallest, input.reached);
      }
    }
    if (smallest != Long.MAX_VALUE) {
      raise(smallest);
    } else if (time != NONE) {
      raise(Math.min(time + elapsed, now));
    } else if (earliest != Long.MAX_VALUE) {
      raise(Math.min(earliest, now));
    }
  }

  private void pass(Input input, long elapsed) {
    input.unreportedMillis += elapsed;
    if (wallTime.isLate() || !isReported(input)) {
      input.steadyMillis = 0;
    } else {
      input.steadyMillis += elapsed;
    }
  }

  private boolean isReported(Input input) {
    return input.unreportedMillis <= 2 * rules.longestStepMillis();
  }

  private boolean isIdle(Input input) {
    long idle = rules.idleAfter().toMillis();
    return isReported(input) && input.quietMillis >= idle && input.steadyMillis >= idle;
  }

  /** Returns the watermark in epoch milliseconds; empty until it is known. */
  OptionalLong time() {
    return time == NONE ? OptionalLong.empty() : OptionalLong.of(time);
  }

  /** Returns the largest event time read per input, of those that were read. */
  Map<String, Long> reached() {
    Map<String, Long> reached = new TreeMap<>();
    inputs.forEach(
        (name, input) -> {
          if (input.reached != NONE) {
            reached.put(name, input.reached);
          }
        });
    return reached;
  }

  private Input input(String name) {
    return inputs.computeIfAbsent(name, added -> new Input());
  }
}
