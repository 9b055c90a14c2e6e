package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelJoinTest {
  private static final int WITHIN = 120;

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
}
