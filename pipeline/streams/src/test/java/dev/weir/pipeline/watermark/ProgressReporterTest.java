package dev.weir.pipeline.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.testkit.time.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressReporterTest {
  private static final WatermarkRules RULES = WatermarkRules.DEFAULT;

  private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
  private final TopicNames names = new TopicNames("weir", "m");
  private final ProgressReporter reporter =
      (ProgressReporter) ProgressReporter.supplier(names, clock, RULES).get();
  @TempDir Path directory;
  private MockProcessorContext<String, byte[]> context;

  /** Gives the reporter a task, as Streams does at a start and after a rollback. */
  @BeforeEach
  void start() {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, 3), directory.toFile());
    context.setRecordMetadata("weir.m.rows", 3, 0);
    reporter.init(context);
  }

  private PartitionProgress lastReport(Duration after) {
    clock.advance(after);
    for (var each : context.scheduledPunctuators()) {
      each.getPunctuator().punctuate(clock.millis());
    }
    List<MockProcessorContext.CapturedForward<? extends String, ? extends byte[]>> all =
        context.forwarded();
    return Json.read(all.get(all.size() - 1).record().value(), PartitionProgress.class);
  }

  @Test
  void itReportsHowFarItHasRead() {
    reporter.process(new Record<>("a", new byte[0], 500));
    assertThat(lastReport(Duration.ofSeconds(1)))
        .isEqualTo(
            new PartitionProgress(
                3,
                new PartitionProgress.Input(500L, 500L, 0),
                new PartitionProgress.Input(null, null, 0),
                0,
                Map.of()));
  }

  @Test
  void itTellsThePartitionsOfTheUsersApart() {
    reporter.process(new Record<>("a", new byte[0], 500, Origins.of("labels", 0)));
    reporter.process(new Record<>("b", new byte[0], 100, Origins.of("labels", 1)));
    assertThat(lastReport(Duration.ofSeconds(1)).origins())
        .containsEntry("labels-0", new PartitionProgress.Input(500L, 500L, 0))
        .containsEntry("labels-1", new PartitionProgress.Input(100L, 100L, 0));
  }

  @Test
  void whatIsReadAnewAfterARollbackCountsWhenItIsRead() {
    reporter.process(new Record<>("a", new byte[0], 500));
    start();
    reporter.process(new Record<>("a", new byte[0], 100));
    assertThat(lastReport(Duration.ofSeconds(1)).rows())
        .isEqualTo(new PartitionProgress.Input(100L, 100L, 0));
  }

  @Test
  void aTaskThatDidNotLookForLongKnowsOfNoQuiet() {
    lastReport(Duration.ofSeconds(1));
    lastReport(Duration.ofSeconds(5));
    lastReport(Duration.ofSeconds(5));
    lastReport(Duration.ofSeconds(5));
    assertThat(lastReport(Duration.ofMinutes(2)).labels().quietMillis()).isZero();
  }
}
