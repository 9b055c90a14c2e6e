package dev.weir.app.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one side of the comparison took for all events.
 *
 * @param name what was done
 * @param events how many events, each of them a features record and mostly a label
 * @param wallNanos time by the clock
 * @param processNanos CPU time of the process: this side, broker, compiler and collector
 * @param ownNanos CPU time of this side's threads
 */
public record Stage(String name, long events, long wallNanos, long processNanos, long ownNanos) {
  static final String PRODUCE = "raw produce";
  static final String CONSUME = "raw consume";
  static final String PASS_THROUGH = "pass-through";
  static final String PIPELINE = "pipeline";

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1e3;

  double seconds() {
    return wallNanos / NANOS_PER_SECOND;
  }

  double eventsPerSecond() {
    return events / seconds();
  }

  double cpuMicrosPerEvent() {
    return processNanos / NANOS_PER_MICRO / events;
  }

  double ownCpuMicrosPerEvent() {
    return ownNanos / NANOS_PER_MICRO / events;
  }

  /** Returns the figures by name. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("stage", name);
    map.put("seconds", seconds());
    map.put("eventsPerSecond", eventsPerSecond());
    map.put("cpuMicrosPerEvent", cpuMicrosPerEvent());
    map.put("ownCpuMicrosPerEvent", ownCpuMicrosPerEvent());
    return map;
  }
}
