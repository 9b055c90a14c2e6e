package dev.weir.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs as a Markdown table, line by line. */
public final class BenchTable {
  private BenchTable() {}

  /** Returns the head of the table. */
  public static List<String> head() {
    return List.of(
        "| events | partitions | side | events/s | CPU µs/event | of its own threads"
            + " | rate to pass-through | CPU to pass-through |",
        "|---|---|---|---|---|---|---|---|");
  }

  /** Returns the lines of a run. */
  public static List<String> lines(BenchRun run) {
    List<String> lines = new ArrayList<>();
    for (Stage stage : run.stages()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %,d | %d | %s | %,.0f | %.1f | %.1f | %.2f | %.2f |",
              run.events(),
              run.partitions(),
              stage.name(),
              stage.eventsPerSecond(),
              stage.cpuMicrosPerEvent(),
              stage.ownCpuMicrosPerEvent(),
              run.rateRatio(stage),
              run.cpuRatio(stage)));
    }
    return lines;
  }

  /** Returns how long the pipeline took to work again after a run. */
  public static String recovery(BenchRun run) {
    return String.format(
        Locale.ROOT,
        "recovery without local state after %,d events, %d partitions: %.1f s",
        run.events(),
        run.partitions(),
        run.recoveryMillis() / 1e3);
  }
}
