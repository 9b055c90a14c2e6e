package dev.weir.pipeline.watermark;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/*
 * The watermark is the smallest, over the inputs, of the largest event time read there:
 *
 *   rows    ──12:00──12:07──12:05──►   12:07 ┐
 *                                            ├─► 12:03
 *   labels  ──11:58──12:03─────────►   12:03 ┘
 *
 * An input that is idle is left out. While all are idle it moves with wall time, from where it
 * stands: replayed records of last year, once they have ended, expire at the pace of a clock and not
 * all at once. It never goes back. (Akidau et al., "The dataflow model", VLDB 2015; idleness as in
 * Apache Flink's WatermarkStrategy.withIdleness, except for the pace.)
 */

/** How far event time has come, by what was read and, where nothing is, by wall time. */
final class Watermark {
  private static final long NONE = Long.MIN_VALUE;

  private final WatermarkRules rules;
  private final Map<String, Input> inputs = new TreeMap<>();
  private long time = NONE;
  private long earliest = Long.MAX_VALUE;
  private long lastLook = NONE;

  private static final class Input {
    private long reached = NONE;
    private long idleMillis;
    private boolean hasNews;
  }

  Watermark(Collection<String> inputs, WatermarkRules rules) {
    this.rules = rules;
    inputs.forEach(name -> this.inputs.put(name, new Input()));
  }

  /**
   * Takes a record's time; one that lies ahead of the clock counts as now, or a single wrong clock
   * among the producers would expire everything.
   */
  void read(String input, long eventTime, long now) {
    Input source = input(input);
    source.reached = Math.max(source.reached, Math.min(eventTime, now));
    source.hasNews = true;
    earliest = Math.min(earliest, eventTime);
  }

  /** Takes over how far an input had come in an earlier life. */
  void restore(String input, long reached) {
    input(input).reached = reached;
  }

  /** Moves the watermark to {@code to}, if that lies ahead of it. */
  void raise(long to) {
    time = Math.max(time, to);
  }

  /** Looks at the inputs; wall time since the last look may make them idle. */
  void look(long now) {
    long elapsed = lastLook == NONE ? 0 : Math.max(0, now - lastLook);
    elapsed = Math.min(elapsed, rules.longestStepMillis());
    lastLook = now;
    long smallest = Long.MAX_VALUE;
    for (Input input : inputs.values()) {
      input.idleMillis = input.hasNews ? 0 : input.idleMillis + elapsed;
      input.hasNews = false;
      if (input.idleMillis < rules.idleAfter().toMillis()) {
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
    Input input = inputs.get(name);
    if (input == null) {
      throw new IllegalArgumentException("no input " + name + ", only " + inputs.keySet());
    }
    return input;
  }
}
