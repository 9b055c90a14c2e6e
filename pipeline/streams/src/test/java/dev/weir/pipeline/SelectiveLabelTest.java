package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels that the model's own decision prevents: {@code observedWhen}. */
class SelectiveLabelTest {
  private static final int LATE = 121;
  private static final String WHEN_NEGATIVE = "observedWhen: negative";

  @TempDir Path directory;

  private PipelineDriver pipeline(String moreOfEvents) {
    return PipelineDriver.of(directory, PipelineDriver.spec("user", moreOfEvents));
  }

  @Test
  void aRowWhoseLabelTheDecisionPreventedIsKeptApartAndCountedByGroup() {
    try (PipelineDriver pipeline = pipeline(WHEN_NEGATIVE)) {
      decided(pipeline, "declined", 0, true);
      decided(pipeline, "granted", 0, false);
      pipeline.feature("undecided", 0);
      pipeline.tick(LATE);
      List<TestRecord<byte[], byte[]>> records = pipeline.read(Topics.UNOBSERVED);
      assertThat(records).hasSize(1);
      assertThat(records.get(0).key()).isEqualTo("declined".getBytes());
      assertThat(records.get(0).getRecordTime()).isEqualTo(PipelineDriver.at(0));
      assertThat(pipeline.examples()).isEmpty();
      assertThat(pipeline.counts())
          .containsEntry("unobserved", 1L)
          .containsEntry("unobservedInGroup.shop=s", 1L)
          .containsEntry("expired", 2L);
    }
  }

  @Test
  void theUnobservedRowIsTheRowThatWasScored() {
    try (PipelineDriver pipeline = pipeline("observedWhen: positive")) {
      decided(pipeline, "declined", 0, false);
      decided(pipeline, "granted", 0, true);
      pipeline.tick(LATE);
      assertThat(pipeline.rows(Topics.UNOBSERVED))
          .isEqualTo(pipeline.rows().stream().filter(r -> r.eventId().startsWith("d")).toList());
    }
  }

  @Test
  void onlyTheChampionsFirstDecisionCountsWhenItComesBeforeTheDeadline() {
    try (PipelineDriver pipeline = pipeline(WHEN_NEGATIVE)) {
      pipeline.decide("early", 0, ServingRole.CHAMPION, true);
      pipeline.feature("early", 0);
      decided(pipeline, "twice", 0, true);
      pipeline.decide("twice", 0, ServingRole.CHAMPION, false);
      pipeline.feature("shadow", 0);
      pipeline.decide("shadow", 0, ServingRole.SHADOW, true);
      pipeline.feature("unsaid", 0);
      pipeline.predict("unsaid", 1, ServingRole.CHAMPION, 0.9);
      pipeline.feature("late", 0);
      pipeline.tick(LATE);
      pipeline.decide("late", 0, ServingRole.CHAMPION, true);
      pipeline.tick(LATE + 1);
      assertThat(pipeline.rows(Topics.UNOBSERVED))
          .extracting(Row::eventId)
          .containsExactlyInAnyOrder("early", "twice");
      assertThat(pipeline.counts()).containsEntry("expired", 3L);
    }
  }

  @Test
  void aLabelThatComesAllTheSameMakesAnExample() {
    try (PipelineDriver pipeline = pipeline(WHEN_NEGATIVE)) {
      decided(pipeline, "exception", 0, true);
      pipeline.label("exception", 30, 1);
      pipeline.tick(LATE);
      assertThat(pipeline.examples()).extracting(Example::eventId).containsExactly("exception");
      assertThat(pipeline.rows(Topics.UNOBSERVED)).isEmpty();
    }
  }

  @Test
  void aLabelBeyondTheDeadlineIsTooLateWheneverItComes() {
    try (PipelineDriver pipeline = pipeline(WHEN_NEGATIVE)) {
      pipeline.feature("before", 0);
      pipeline.label("before", LATE, 1);
      pipeline.decide("before", 0, ServingRole.CHAMPION, true);
      decided(pipeline, "after", 0, true);
      pipeline.tick(LATE);
      pipeline.label("after", LATE, 1);
      pipeline.label("after", LATE, 1);
      assertThat(pipeline.examples()).isEmpty();
      assertThat(pipeline.rows(Topics.UNOBSERVED)).hasSize(2);
      assertThat(pipeline.counts())
          .containsEntry("unobserved", 2L)
          .containsEntry("tooLate", 2L)
          .containsEntry("duplicateLabels", 1L);
    }
  }

  @Test
  void aPreventedLabelIsNoSilence() {
    try (PipelineDriver pipeline = pipeline("onExpiry: {label: 0}\n  " + WHEN_NEGATIVE)) {
      decided(pipeline, "declined", 0, true);
      decided(pipeline, "granted", 0, false);
      pipeline.feature("undecided", 0);
      pipeline.tick(LATE);
      pipeline.label("declined", 130, 1);
      pipeline.label("granted", 130, 1);
      assertThat(pipeline.rows(Topics.UNOBSERVED))
          .extracting(Row::eventId)
          .containsExactly("declined");
      assertThat(pipeline.examples())
          .extracting(e -> e.eventId() + e.revision())
          .containsExactly("granted1", "undecided1", "granted2");
      assertThat(pipeline.counts()).containsEntry("tooLate", 1L);
    }
  }

  @Test
  void copiesOfAnUnobservedRowAreDropped() {
    try (PipelineDriver pipeline = pipeline(WHEN_NEGATIVE)) {
      decided(pipeline, "declined", 0, true);
      pipeline.tick(LATE);
      byte[] row = pipeline.read(Topics.ROWS).get(0).value();
      pipeline.send(Topics.ROWS, "declined", row);
      pipeline.tick(300);
      pipeline.tick(301);
      pipeline.send(Topics.ROWS, "declined", row);
      pipeline.tick(900);
      assertThat(pipeline.rows(Topics.UNOBSERVED)).hasSize(1);
    }
  }

  @Test
  void decisionsAreForgottenWithTheirEvents() {
    try (PipelineDriver pipeline = pipeline(WHEN_NEGATIVE)) {
      pipeline.decide("withoutRow", 0, ServingRole.CHAMPION, true);
      decided(pipeline, "declined", 0, true);
      decided(pipeline, "labelled", 0, false);
      pipeline.label("labelled", 10, 1);
      pipeline.decide("labelled", 0, ServingRole.CHAMPION, true);
      pipeline.tick(LATE);
      pipeline.tick(1000);
      pipeline.decide("declined", 0, ServingRole.CHAMPION, true);
      assertThat(pipeline.openInJoin())
          .containsKey("join-selections")
          .allSatisfy((name, size) -> assertThat(size).as(name).isZero());
    }
  }

  private static void decided(PipelineDriver pipeline, String id, int minute, boolean isSelected) {
    pipeline.feature(id, minute);
    pipeline.decide(id, minute, ServingRole.CHAMPION, isSelected);
  }
}
