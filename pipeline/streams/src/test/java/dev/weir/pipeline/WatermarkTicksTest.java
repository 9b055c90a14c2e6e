package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.watermark.WatermarkRules;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The free topology of {@code small.yaml}: a look each second, idle after a minute, ticks of 1 min.
 */
class WatermarkTicksTest {
  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    pipeline = PipelineDriver.free(directory, WatermarkRules.DEFAULT);
    // The records are of the past, so that the clock bounds nothing unless a test says so.
    pipeline.clock().set(PipelineDriver.at(1_000_000));
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  private List<Instant> ticks() {
    return pipeline.read(Topics.TICKS, Tick.class).stream().map(Tick::time).toList();
  }

  private static Instant at(int minute) {
    return PipelineDriver.at(minute);
  }

  @Test
  void theInputThatIsBehindHoldsTheWatermark() {
    pipeline.feature("a", 500);
    pipeline.label("z", 10, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(ticks()).containsExactly(at(10));
    pipeline.feature("b", 900);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(ticks()).isEmpty();
    pipeline.label("y", 600, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(ticks()).containsExactly(at(600));
  }

  @Test
  void anInputThatHasNotBeenReadHoldsTheWatermarkUntilItIsIdle() {
    for (int second = 0; second < 59; second++) {
      pipeline.feature("a" + second, 500);
      pipeline.wallTime(Duration.ofSeconds(1));
      assertThat(ticks()).as("second %s", second).isEmpty();
    }
    for (int second = 59; second < 62; second++) {
      pipeline.feature("a" + second, 500);
      pipeline.wallTime(Duration.ofSeconds(1));
    }
    assertThat(ticks()).containsExactly(at(500));
  }

  @Test
  void anInputThatWakesUpNeverMovesTheWatermarkBack() {
    pipeline.label("z", 10, 1);
    for (int second = 0; second < 62; second++) {
      pipeline.feature("a" + second, 500);
      pipeline.wallTime(Duration.ofSeconds(1));
    }
    assertThat(ticks()).containsExactly(at(10), at(500));
    pipeline.label("y", 20, 1);
    pipeline.feature("b", 700);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(ticks()).isEmpty();
    pipeline.label("x", 600, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(ticks()).containsExactly(at(600));
  }

  @Test
  void whereAllAreIdleTheWatermarkMovesWithWallTimeAndNeverLeaps() {
    pipeline.feature("a", 500);
    pipeline.label("z", 10, 1);
    pipeline.wallTime(Duration.ofSeconds(60 + 180));
    assertThat(ticks()).containsExactly(at(10), at(11), at(12), at(13));
  }

  @Test
  void aBurstOfThePastWithoutLabelsExpiresAtThePaceOfTheClock() {
    for (int minute = 0; minute <= 600; minute++) {
      pipeline.feature("e" + minute, minute);
    }
    pipeline.wallTime(Duration.ofMinutes(5));
    assertThat(ticks()).containsExactly(at(0), at(1), at(2), at(3));
    assertThat(pipeline.counts()).doesNotContainKey("expired");
  }

  @Test
  void withoutAnyRecordThereIsNoTick() {
    pipeline.wallTime(Duration.ofMinutes(5));
    assertThat(ticks()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackOrForwardMovesNothing() {
    pipeline.feature("a", 500);
    pipeline.label("z", 10, 1);
    pipeline.wallTime(Duration.ofSeconds(61));
    assertThat(ticks()).containsExactly(at(10));
    pipeline.clock().advance(Duration.ofDays(-300));
    pipeline.wallTime(Duration.ofSeconds(20));
    pipeline.clock().advance(Duration.ofDays(300));
    // Whoever has slept cannot say that nothing came: a minute of quiet begins anew.
    pipeline.wallTime(Duration.ofSeconds(70));
    assertThat(ticks()).isEmpty();
    pipeline.wallTime(Duration.ofSeconds(50));
    assertThat(ticks()).containsExactly(at(11));
  }

  @Test
  void aRecordAheadOfTheClockCountsAsNow() {
    pipeline.clock().set(at(100));
    pipeline.feature("a", 100 + 600);
    pipeline.label("z", 100 + 600, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(ticks()).containsExactly(at(100));
  }

  @Test
  void ticksAreNumberedAndAtLeastAStepApart() {
    for (int i = 0; i < 10; i++) {
      String time = at(0).plusSeconds(25L * i).toString();
      pipeline.feature("a" + i, time, "s");
      pipeline.label("a" + i, time, "s", 1);
      pipeline.wallTime(Duration.ofSeconds(1));
    }
    List<Tick> ticks = pipeline.read(Topics.TICKS, Tick.class);
    assertThat(ticks).extracting(Tick::number).containsExactly(1L, 2L, 3L, 4L);
    assertThat(ticks)
        .extracting(t -> Duration.between(at(0), t.time()).toSeconds())
        .containsExactly(0L, 75L, 150L, 225L);
  }

  @Test
  void ticksThatSomebodyElseWroteAreNotUndercut() {
    pipeline.tick(300);
    pipeline.feature("a", 200);
    pipeline.label("a", 250, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(ticks()).isEmpty();
    pipeline.feature("b", 400);
    pipeline.label("b", 400, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(pipeline.read(Topics.TICKS, Tick.class)).containsExactly(new Tick(301, at(400)));
  }

  @Test
  void ticksOfAnotherModelMoveNothing() {
    pipeline.feature("a", 0);
    pipeline.send(Topics.TICKS, "other", Json.write(new Tick(1, at(999))));
    pipeline.label("a", 30, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(pipeline.examples()).hasSize(1);
    assertThat(ticks()).containsExactly(at(0));
  }

  @Test
  void rowsExpireLabelsBecomeOrphansAndTrainingIsRequested() {
    for (String id : List.of("a", "b", "c")) {
      pipeline.feature(id, 0);
      pipeline.label(id, 30, 1);
    }
    pipeline.feature("without label", 10);
    pipeline.label("unknown event", 20, 1);
    pipeline.feature("later", 200);
    pipeline.label("later", 200, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(pipeline.counts()).containsEntry("expired", 1L).containsEntry("orphan", 1L);
    assertThat(pipeline.read(Topics.TRAINING_REQUESTS, TrainingRequest.class))
        .extracting(TrainingRequest::requestId)
        .containsExactly("small-0001");
  }

  @Test
  void aLabelInTimeThatComesOutOfOrderIsAnExample() {
    pipeline.feature("a", 0);
    pipeline.feature("b", 130);
    pipeline.label("z", 130, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    assertThat(ticks()).containsExactly(at(130));
    pipeline.label("a", 120, 1);
    assertThat(pipeline.examples()).extracting(Example::eventId).containsExactly("a");
    assertThat(pipeline.counts()).doesNotContainKeys("tooLate", "expired");
  }

  @Test
  void oneThatComesLaterThanAllowedIsTooLate() {
    pipeline.feature("a", 0);
    pipeline.feature("b", 133);
    pipeline.label("z", 133, 1);
    pipeline.wallTime(Duration.ofSeconds(1));
    pipeline.label("a", 120, 1);
    assertThat(pipeline.counts()).containsEntry("tooLate", 1L).containsEntry("expired", 1L);
  }
}
