package dev.weir.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is measured is right; how fast it is, no test can say. */
class PipelineBenchTest {
  private static final int SEED = 7;

  @TempDir Path directory;

  @Test
  void everySideTakesEveryEventAndTheCountersAreThoseOfTheStream() throws Exception {
    try (PipelineBench bench = new PipelineBench(directory, SEED, Clock.systemUTC())) {
      BenchRun run = bench.run(2_000, 2);

      assertThat(run.stages())
          .extracting(Stage::name)
          .containsExactly(Stage.PRODUCE, Stage.CONSUME, Stage.PASS_THROUGH, Stage.PIPELINE);
      assertThat(run.stages()).allMatch(stage -> stage.events() == 2_000 && stage.wallNanos() > 0);
      assertThat(run.stages()).allMatch(stage -> stage.ownNanos() <= stage.processNanos());
      long examples = run.counts().get("examples");
      assertThat(run.counts()).containsEntry("rows", 2_000L);
      assertThat(examples).isBetween(1_900L, 2_000L);
      assertThat(run.counts().get("labels"))
          .isEqualTo(examples + run.counts().get("duplicateLabels"));
      assertThat(run.rateRatio(run.stage(Stage.PASS_THROUGH))).isEqualTo(1);
      assertThat(run.recoveryMillis()).isPositive();
      assertThat(BenchTable.lines(run)).hasSize(run.stages().size());
    }
  }

  /** For the figures of docs/benchmarks.md: their report lies beside the test reports. */
  @Test
  @Tag("nightly")
  void tenMillionEventsAreCountedRight() throws Exception {
    try (PipelineBench bench = new PipelineBench(directory, SEED, Clock.systemUTC())) {
      List<BenchRun> runs = List.of(bench.run(100_000, 1), bench.run(10_000_000, 1));

      assertThat(runs.get(1).counts()).containsEntry("rows", 10_000_000L);
      report(runs);
    }
  }

  private static void report(List<BenchRun> runs) throws IOException {
    Path file = Path.of("target", "bench-pipeline.json");
    Files.write(file, Json.write(runs.stream().map(BenchRun::toMap).toList()));
  }
}
