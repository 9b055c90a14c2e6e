package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the last label counts: {@code onConflict: last}. */
class LastLabelTest {
  private static final int WITHIN = 120;

  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    pipeline = PipelineDriver.of(directory, PipelineDriver.spec("user", "onConflict: last"));
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void aLaterLabelIsAFurtherRevision() {
    pipeline.feature("a", 0);
    pipeline.label("a", 10, 1);
    pipeline.label("a", 20, 0);
    pipeline.label("a", 30, 1);
    assertThat(examples()).containsExactly("a 1@10 r1", "a 0@20 r2", "a 1@30 r3");
    assertThat(pipeline.counts())
        .containsEntry("examples", 1L)
        .containsEntry("corrected", 2L)
        .doesNotContainKey("conflict");
  }

  @Test
  void anOutcomeHasTheLabelTimeOfItsExampleWhateverCopiesCame() {
    pipeline.feature("a", 0);
    pipeline.label("a", 10, 1);
    pipeline.label("a", 40, 1);
    pipeline.label("a", 30, 1);
    pipeline.predict("a", 1, ServingRole.CHAMPION, 0.7);
    assertThat(pipeline.read(Topics.OUTCOMES, Outcome.class))
        .extracting(Outcome::labelTime)
        .containsExactly(PipelineDriver.at(10));
    pipeline.label("a", 35, 0);
    pipeline.label("a", 50, 0);
    assertThat(examples()).containsExactly("a 1@10 r1", "a 0@50 r2");
  }

  @Test
  void whatIsLaterIsSaidByLabelTimesAndNotByArrival() {
    pipeline.feature("a", 0);
    pipeline.label("a", 30, 1);
    pipeline.label("a", 20, 0);
    assertThat(examples()).containsExactly("a 1@30 r1");
    assertThat(pipeline.counts()).containsEntry("conflict", 1L).doesNotContainKey("corrected");
  }

  @Test
  void aCopyIsNoRevisionButOutdatesWhatIsEarlier() {
    pipeline.feature("a", 0);
    pipeline.label("a", 10, 1);
    pipeline.label("a", 40, 1);
    pipeline.label("a", 20, 0);
    assertThat(examples()).containsExactly("a 1@10 r1");
    assertThat(pipeline.counts())
        .containsEntry("duplicateLabels", 1L)
        .containsEntry("conflict", 1L);
  }

  @Test
  void ofLabelsThatWaitForTheirRowTheLastInTimeCounts() {
    pipeline.label("a", 20, 1);
    pipeline.label("a", WITHIN + 1, 1);
    pipeline.label("a", 30, 0);
    pipeline.label("a", 10, 1);
    pipeline.feature("a", 0);
    assertThat(examples()).containsExactly("a 0@30 r1");
    assertThat(pipeline.counts()).containsEntry("tooLate", 1L).containsEntry("conflict", 2L);
  }

  @Test
  void aLabelThatIsTooLateKeepsNoOtherOut() {
    pipeline.feature("a", 0);
    pipeline.label("a", WITHIN + 1, 0);
    pipeline.label("a", WITHIN, 1);
    assertThat(examples()).containsExactly("a 1@120 r1");
    assertThat(pipeline.counts()).containsEntry("tooLate", 1L).doesNotContainKey("expired");
  }

  @Test
  void nothingIsRevisedOnceTheEventIsForgotten() {
    pipeline.feature("a", 0);
    pipeline.label("a", 10, 1);
    pipeline.tick(2 * WITHIN + 1);
    pipeline.label("a", 20, 0);
    pipeline.tick(1000);
    assertThat(examples()).containsExactly("a 1@10 r1");
    assertThat(pipeline.counts()).containsEntry("orphan", 1L);
    assertThat(pipeline.openInJoin()).allSatisfy((name, size) -> assertThat(size).isZero());
  }

  private List<String> examples() {
    return pipeline.examples().stream()
        .map(
            e -> {
              long minute = Duration.between(PipelineDriver.START, e.labelTime()).toMinutes();
              return e.eventId() + " " + (int) e.label() + "@" + minute + " r" + e.revision();
            })
        .toList();
  }
}
