package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where silence is a label: {@code onExpiry: {label: 0}}. */
class SilentLabelTest {
  private static final int WITHIN = 120;
  private static final ModelSpec SPEC = PipelineDriver.spec("user", "onExpiry: {label: 0}");

  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    pipeline = PipelineDriver.of(directory, SPEC);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void aRowWithoutALabelIsAnExampleAtItsDeadline() {
    pipeline.feature("a", 0);
    pipeline.tick(WITHIN);
    assertThat(pipeline.examples()).isEmpty();
    pipeline.tick(WITHIN + 30);
    pipeline.tick(WITHIN + 60);
    assertThat(texts(pipeline.examples(), 0)).containsExactly("a 0@120 r1");
    assertThat(pipeline.counts()).containsEntry("silent", 1L).doesNotContainKey("expired");
  }

  @Test
  void aLaterLabelIsARevisionWhateverComesFirst() {
    pipeline.feature("after", 0);
    pipeline.feature("before", 0);
    pipeline.label("before", WITHIN + 1, 1);
    pipeline.label("early", WITHIN + 2, 1);
    pipeline.feature("early", 0);
    pipeline.tick(WITHIN + 10);
    pipeline.label("after", WITHIN + 20, 1);
    assertThat(texts(pipeline.examples(), 0))
        .containsExactlyInAnyOrder(
            "after 0@120 r1", "after 1@140 r2",
            "before 0@120 r1", "before 1@121 r2",
            "early 0@120 r1", "early 1@122 r2");
    assertThat(pipeline.counts())
        .containsEntry("silent", 3L)
        .containsEntry("corrected", 3L)
        .doesNotContainKeys("tooLate", "orphan");
  }

  @Test
  void onlyTheFirstLabelCorrectsAndNoneAfterAsMuchTimeAgain() {
    pipeline.feature("a", 0);
    pipeline.feature("b", 0);
    pipeline.tick(WITHIN + 1);
    pipeline.label("a", 200, 1);
    pipeline.label("a", 200, 1);
    pipeline.label("a", 201, 0);
    pipeline.label("b", 2 * WITHIN + 1, 1);
    assertThat(texts(pipeline.examples(), 0))
        .containsExactlyInAnyOrder("a 0@120 r1", "b 0@120 r1", "a 1@200 r2");
    assertThat(pipeline.counts())
        .containsEntry("duplicateLabels", 1L)
        .containsEntry("conflict", 1L)
        .containsEntry("tooLate", 1L);
  }

  @Test
  void aCorrectionIsNoSecondOutcome() {
    pipeline.feature("a", 0);
    pipeline.predict("a", 1, ServingRole.CHAMPION, 0.7);
    pipeline.tick(WITHIN + 1);
    pipeline.label("a", 200, 1);
    pipeline.predict("a", 2, ServingRole.SHADOW, 0.7);
    assertThat(pipeline.read(Topics.OUTCOMES, Outcome.class))
        .extracting(o -> o.prediction().version() + ":" + o.label())
        .containsExactly("1:0.0", "2:1.0");
  }

  @Test
  void aCopyOfAPredictionIsNoSecondOutcomeHoweverLateAndHoweverFarTicksLeap() {
    pipeline.feature("a", 0);
    pipeline.predict("a", 1, ServingRole.CHAMPION, 0.7);
    // The silent row is remembered for WITHIN after this tick, its prediction is not.
    pipeline.tick(2 * WITHIN - 10);
    assertThat(pipeline.read(Topics.OUTCOMES)).hasSize(1);
    pipeline.tick(2 * WITHIN + 10);
    pipeline.predict("a", 1, ServingRole.CHAMPION, 0.7);
    assertThat(pipeline.read(Topics.OUTCOMES)).isEmpty();
    assertThat(pipeline.counts()).containsEntry("latePredictions", 1L);
  }

  @Test
  void aCorrectionIsNoFurtherExampleForTheTriggerButInItsRange() {
    pipeline.feature("a", 0);
    pipeline.feature("b", 0);
    pipeline.tick(WITHIN + 1);
    pipeline.label("a", 200, 1);
    pipeline.tick(201);
    assertThat(pipeline.read(Topics.TRAINING_REQUESTS)).isEmpty();
    pipeline.feature("c", 100);
    pipeline.label("c", 110, 1);
    pipeline.label("b", 202, 1);
    pipeline.tick(203);
    List<TrainingRequest> requests = pipeline.read(Topics.TRAINING_REQUESTS, TrainingRequest.class);
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).reason()).startsWith("3 labelled examples");
    assertThat(requests.get(0).training().get(0).to()).isEqualTo(5);
  }

  @Test
  void nothingIsKeptWhenAllIsSettled() {
    pipeline.feature("silent", 0);
    pipeline.feature("corrected", 0);
    pipeline.feature("labelled", 0);
    pipeline.label("labelled", 10, 1);
    pipeline.tick(WITHIN + 1);
    pipeline.label("corrected", 200, 1);
    pipeline.label("orphan", 200, 1);
    pipeline.tick(1000);
    assertThat(pipeline.openInJoin()).isNotEmpty().allSatisfy((n, s) -> assertThat(s).isZero());
  }

  private static List<String> texts(List<Example> examples, int start) {
    return examples.stream()
        .map(e -> e.eventId() + " " + label(e, start) + " r" + e.revision())
        .toList();
  }

  private static String label(Example example, int start) {
    long minute = Duration.between(PipelineDriver.at(start), example.labelTime()).toMinutes();
    return (int) example.label() + "@" + minute;
  }
}
