package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.GroupValues;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group attributes from a topic of their own: they get no further than to another of their own. */
class GroupIntakeTest {
  private static final String BY_ENTITY = "groups: {topic: user.groups, entity: who, time: since}";
  private static final String BY_EVENT = "groups: {topic: user.groups, id: event}";
  private static final Instant SAID = PipelineDriver.START.minusSeconds(3600);

  @TempDir Path directory;

  @Test
  void onlyTheFieldsOfGroupsAreKeptByWhomTheyAreAbout() {
    try (PipelineDriver pipeline = PipelineDriver.of(directory, spec(BY_ENTITY))) {
      say(pipeline, "{'who': 7, 'since': '2019-05-01T00:00:00Z', 'shop': 's', 'salary': 9}");
      TestRecord<byte[], byte[]> kept = pipeline.read(Topics.GROUP_VALUES).get(0);
      assertThat(new String(kept.key(), StandardCharsets.UTF_8)).isEqualTo("7");
      assertThat(kept.getRecordTime()).isEqualTo(SAID);
      assertThat(json(kept))
          .isEqualTo(
              new GroupValues("7", Instant.parse("2019-05-01T00:00:00Z"), Map.of("shop", "s")));
      assertThat(new String(kept.value(), StandardCharsets.UTF_8)).doesNotContain("salary");
      assertThat(pipeline.counts()).containsEntry("groupValues", 1L);
    }
  }

  @Test
  void withoutATimeFieldItIsWhenItWasSaid() {
    try (PipelineDriver pipeline = PipelineDriver.of(directory, spec(BY_EVENT))) {
      say(pipeline, "{'event': 'a', 'shop': 's'}");
      assertThat(json(pipeline.read(Topics.GROUP_VALUES).get(0)))
          .isEqualTo(new GroupValues("a", SAID, Map.of("shop", "s")));
    }
  }

  @Test
  void rowsAndExamplesCarryNoGroupWhateverTheirRecordsSay() {
    try (PipelineDriver pipeline = PipelineDriver.of(directory, spec(BY_EVENT))) {
      say(pipeline, "{'event': 'a', 'shop': 's'}");
      pipeline.feature("a", 0);
      pipeline.label("a", 10, 1);
      List<Row> rows = pipeline.rows();
      assertThat(rows).hasSize(1);
      assertThat(rows.get(0).groups()).isEmpty();
      List<Example> examples = pipeline.examples();
      assertThat(examples).hasSize(1);
      assertThat(examples.get(0).row().groups()).isEmpty();
    }
  }

  @Test
  void whatCannotBeUsedIsADeadLetterOfItsOwnTopic() {
    try (PipelineDriver pipeline = PipelineDriver.of(directory, spec(BY_ENTITY))) {
      for (String bad :
          List.of(
              "not json",
              "{'since': 0, 'shop': 's'}",
              "{'who': 'a', 'shop': 's'}",
              "{'who': 'a', 'since': 0, 'shop': ['s']}",
              "{'who': 'a', 'since': 0, 'shop': null}",
              "{'who': 'a', 'since': '2031-01-01T00:00:00Z', 'shop': 's'}")) {
        say(pipeline, bad);
      }
      assertThat(pipeline.read(Topics.GROUP_DEAD_LETTERS))
          .extracting(letter -> text(letter, "weir.reason") + " " + text(letter, "weir.topic"))
          .containsExactly(
              "MALFORMED_JSON user.groups",
              "MISSING_FIELD user.groups",
              "MISSING_FIELD user.groups",
              "WRONG_TYPE user.groups",
              "MISSING_FIELD user.groups",
              "TOO_AHEAD user.groups");
      assertThat(pipeline.read(Topics.DEAD_LETTERS)).isEmpty();
      assertThat(pipeline.read(Topics.GROUP_VALUES)).isEmpty();
      assertThat(pipeline.counts())
          .containsEntry("deadLetters", 6L)
          .containsEntry("deadLetters.MISSING_FIELD", 3L)
          .doesNotContainKey("groupValues");
    }
  }

  @Test
  void recordsComeInTheFormatThatTheSpecSays() {
    ModelSpec spec = spec(BY_EVENT.replace("id: event", "id: event, envelope: debezium"));
    try (PipelineDriver pipeline = PipelineDriver.of(directory, spec)) {
      say(pipeline, "{'op': 'u', 'after': {'event': 'a', 'shop': 's'}}");
      say(pipeline, "{'op': 'd', 'before': {'event': 'a', 'shop': 's'}, 'after': null}");
      assertThat(pipeline.read(Topics.GROUP_VALUES)).hasSize(1);
      assertThat(pipeline.counts()).containsEntry("deletedAtSource", 1L);
    }
  }

  private static ModelSpec spec(String groups) {
    ModelSpec spec = PipelineDriver.spec("user", groups);
    return SpecReader.parse("small.yaml", spec.text());
  }

  private static void say(PipelineDriver pipeline, String record) {
    byte[] value = PipelineDriver.bytes(record.replace('\'', '"'));
    pipeline.send("user.groups", new TestRecord<>(null, value, SAID));
  }

  private static GroupValues json(TestRecord<byte[], byte[]> record) {
    return dev.weir.contracts.serde.Json.read(record.value(), GroupValues.class);
  }

  private static String text(TestRecord<byte[], byte[]> record, String header) {
    return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
  }
}
