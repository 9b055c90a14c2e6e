package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.joinoracle.BatchJoin;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.testkit.gen.Gen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelJoinTest {
  private static final int WITHIN = 120;
  private static final int ROUNDS = 10;

  /** Minutes from one round to the next: by then the last one is forgotten. */
  private static final int ROUND = 3000;

  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    pipeline = new PipelineDriver(directory);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void aLabelAtTheVeryDeadlineCounts() {
    pipeline.feature("a", 0);
    pipeline.label("a", WITHIN, 1);
    assertThat(pipeline.examples()).hasSize(1);
  }

  @Test
  void aLabelAfterItsDeadlineIsTooLateAndItsRowExpires() {
    pipeline.feature("a", 0);
    pipeline.label("a", WITHIN + 1, 1);
    pipeline.tick(300);
    assertThat(pipeline.examples()).isEmpty();
    assertThat(pipeline.counts())
        .containsEntry("tooLate", 1L)
        .containsEntry("expired", 1L)
        .doesNotContainKey("orphan");
  }

  @Test
  void aLabelThatComesAfterItsRowHasExpiredIsTooLateAndNoConflict() {
    pipeline.feature("a", 0);
    pipeline.tick(121);
    pipeline.label("a", 122, 1);
    pipeline.label("a", 122, 1);
    assertThat(pipeline.examples()).isEmpty();
    assertThat(pipeline.counts())
        .containsEntry("expired", 1L)
        .containsEntry("tooLate", 1L)
        .containsEntry("duplicateLabels", 1L)
        .doesNotContainKey("conflict");
  }

  @Test
  void theFirstLabelCountsEvenIfItIsTooLateWheneverTheRowComes() {
    pipeline.feature("a", 0);
    pipeline.label("a", 121, 1);
    pipeline.label("a", 10, 0);
    pipeline.label("b", 121, 1);
    pipeline.label("b", 10, 0);
    pipeline.feature("b", 0);
    assertThat(pipeline.examples()).isEmpty();
    assertThat(pipeline.counts()).containsEntry("tooLate", 2L).containsEntry("conflict", 2L);
  }

  @Test
  void aLabelWithoutRowIsAnOrphanOnlyAfterItsDeadline() {
    pipeline.label("a", 0, 1);
    pipeline.tick(WITHIN);
    assertThat(pipeline.counts()).doesNotContainKey("orphan");
    pipeline.tick(WITHIN + 1);
    pipeline.tick(WITHIN + 2);
    assertThat(pipeline.counts()).containsEntry("orphan", 1L);
  }

  @Test
  void aLateCopyOfAnExpiredRowIsNotRejoined() {
    pipeline.feature("a", 0);
    pipeline.tick(121);
    pipeline.feature("a", 0);
    pipeline.label("a", 10, 1);
    assertThat(pipeline.examples()).isEmpty();
    assertThat(pipeline.counts()).containsEntry("expired", 1L).containsEntry("duplicates", 1L);
  }

  @Test
  void copiesThatComeWhenTheirEventIsForgottenGiveNoSecondExample() {
    pipeline.feature("joined", 0);
    pipeline.label("joined", 10, 1);
    pipeline.feature("expired", 0);
    pipeline.tick(600);
    // Lets ingest forget the ids, too.
    pipeline.feature("later", 600);
    pipeline.label("later", 600, 1);
    pipeline.tick(900);
    for (String id : List.of("joined", "expired")) {
      pipeline.feature(id, 0);
      pipeline.label(id, 10, 1);
    }
    assertThat(pipeline.examples()).extracting(Example::eventId).containsExactly("joined", "later");
  }

  /** Rounds share a pipeline, one after the other, because opening its stores takes longest. */
  @Test
  void noInterleavingChangesTheExamples() {
    Set<Path> seen = new HashSet<>();
    Gen.cases(
        12,
        20261124,
        gen -> {
          Path state = directory.resolve("case-" + seen.size());
          seen.add(state);
          try (PipelineDriver each =
              PipelineDriver.upToExamples(state, PipelineDriver.spec("user"))) {
            for (int round = 0; round < ROUNDS; round++) {
              interleaving(gen, each, round);
              each.clock().advance(Duration.ofMinutes(ROUND));
            }
            assertThat(each.counts())
                .containsKeys("conflict", "duplicates", "duplicateLabels", "tooLate")
                .containsKeys("expired", "orphan");
          }
        });
    assertThat(seen).hasSize(12);
  }

  private static void interleaving(Gen gen, PipelineDriver pipeline, int round) {
    List<Arrival> arrivals = Interleavings.of(gen, round + "-", WITHIN);
    Interleavings.publish(gen, arrivals, pipeline, round * ROUND, WITHIN);
    Map<String, String> actual = new TreeMap<>();
    for (Example example : pipeline.examples()) {
      String before = actual.put(example.eventId(), text(example, round * ROUND));
      assertThat(before).as("a second example of %s", example.eventId()).isNull();
    }
    assertThat(actual).isEqualTo(BatchJoin.examples(arrivals, WITHIN));
    assertThat(actual).hasSizeBetween(100, 299);
  }

  private static String text(Example example, int start) {
    long minute = Duration.between(PipelineDriver.at(start), example.labelTime()).toMinutes();
    return (int) example.label() + "@" + minute;
  }
}
