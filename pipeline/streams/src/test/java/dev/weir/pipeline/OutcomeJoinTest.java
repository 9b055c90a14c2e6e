package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions with their labels, whatever comes first. */
class OutcomeJoinTest {
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
  void outcomesAreOncePerVersionAndRoleInEitherOrder() {
    for (String id : List.of("a", "b")) {
      pipeline.feature(id, 0);
      if (id.equals("b")) {
        pipeline.label(id, 30, 1);
      }
      for (int copy = 0; copy < 2; copy++) {
        pipeline.predict(id, 1, ServingRole.CHAMPION, 0.7);
        pipeline.predict(id, 2, ServingRole.SHADOW, 0.7);
        pipeline.predict(id, 2, ServingRole.CHAMPION, 0.7);
      }
      pipeline.label(id, 30, 1);
      assertThat(pipeline.read(Topics.OUTCOMES, Outcome.class))
          .as(id)
          .allMatch(o -> o.label() == 1 && o.labelTime().equals(PipelineDriver.at(30)))
          .extracting(o -> id + o.prediction().version() + o.prediction().role())
          .containsExactlyInAnyOrder(id + "1CHAMPION", id + "2SHADOW", id + "2CHAMPION");
    }
  }

  @Test
  void aCopyOfAnExampleGivesNoSecondOutcome() {
    pipeline.feature("a", 0);
    pipeline.predict("a", 1, ServingRole.CHAMPION, 0.7);
    pipeline.label("a", 30, 1);
    TestRecord<byte[], byte[]> example = pipeline.read(Topics.EXAMPLES).get(0);
    pipeline.send(Topics.EXAMPLES, "a", example.value());
    assertThat(pipeline.read(Topics.OUTCOMES)).hasSize(1);
  }
}
