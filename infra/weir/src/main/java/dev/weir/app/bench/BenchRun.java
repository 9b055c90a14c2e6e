package dev.weir.app.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All sides over the same records.
 *
 * @param events how many events
 * @param partitions of each partitioned topic
 * @param stages what each side took
 * @param recoveryMillis how long the pipeline took to work again without its local state
 * @param counts the pipeline's counters at the end
 */
public record BenchRun(
    long events,
    int partitions,
    List<Stage> stages,
    long recoveryMillis,
    Map<String, Long> counts) {
  public BenchRun {
    stages = List.copyOf(stages);
    counts = Map.copyOf(counts);
  }

  Stage stage(String name) {
    return stages.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  /** Returns a stage's rate by that of the pass-through. */
  double rateRatio(Stage stage) {
    return stage.eventsPerSecond() / stage(Stage.PASS_THROUGH).eventsPerSecond();
  }

  /** Returns a stage's CPU time, of the process, by that of the pass-through. */
  double cpuRatio(Stage stage) {
    return stage.cpuMicrosPerEvent() / stage(Stage.PASS_THROUGH).cpuMicrosPerEvent();
  }

  /** Returns everything by name. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("events", events);
    map.put("partitions", partitions);
    List<Map<String, Object>> all = new ArrayList<>();
    for (Stage stage : stages) {
      Map<String, Object> each = stage.toMap();
      each.put("rateToPassThrough", rateRatio(stage));
      each.put("cpuToPassThrough", cpuRatio(stage));
      all.add(each);
    }
    map.put("stages", all);
    map.put("recoveryMillis", recoveryMillis);
    map.put("counts", new TreeMap<>(counts));
    return map;
  }
}
