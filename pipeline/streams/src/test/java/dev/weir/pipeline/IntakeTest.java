package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' topics as they are: features and labels in one or in two, with or without a past. */
class IntakeTest {
  @TempDir Path directory;

  @Test
  void aSpecWithoutDerivedFeaturesHasNoArrivalsAndTheJoinDropsCopies() {
    try (PipelineDriver pipeline = PipelineDriver.upToExamples(directory, spec("user.labels"))) {
      pipeline.feature("a", 0);
      pipeline.feature("a", 0);
      pipeline.label("a", 10, 1);
      assertThat(pipeline.examples()).extracting(Example::eventId).containsExactly("a");
      assertThat(pipeline.read(Topics.ARRIVALS)).isEmpty();
      assertThat(pipeline.counts())
          .containsEntry("rows", 2L)
          .containsEntry("duplicateRows", 1L)
          .containsEntry("labels", 1L)
          .doesNotContainKey("duplicates");
      assertThat(pipeline.keptForFeatures()).isEmpty();
    }
  }

  @Test
  void inOneTopicARecordIsAnEventOrALabelOrBoth() {
    try (PipelineDriver pipeline = PipelineDriver.upToExamples(directory, spec("user.features"))) {
      send(pipeline, "{'id': 'a', 'at': 0, 'shop': 's', 'amount': 5}");
      send(pipeline, "{'id': 'a', 'at': 60000, 'late': true}");
      send(pipeline, "{'id': 'b', 'at': 0, 'shop': 's', 'amount': null, 'late': 0}");
      send(pipeline, "{'id': 'c', 'at': 0, 'shop': 's', 'late': null}");
      assertThat(pipeline.rows()).extracting(Row::eventId).containsExactly("a", "b", "c");
      assertThat(pipeline.read(Topics.LABELS, Label.class))
          .extracting(Label::eventId, Label::value)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("a", 1.0),
              org.assertj.core.groups.Tuple.tuple("b", 0.0));
    }
  }

  @Test
  void aRecordWithOneBadPartIsADeadLetterWhole() {
    try (PipelineDriver pipeline = PipelineDriver.upToExamples(directory, spec("user.features"))) {
      send(pipeline, "{'id': 'a', 'at': 0, 'shop': 's', 'amount': 5, 'late': 'maybe'}");
      send(pipeline, "{'id': 'b', 'at': 0, 'shop': 's', 'amount': 'much', 'late': 1}");
      assertThat(pipeline.read(Topics.DEAD_LETTERS)).hasSize(2);
      assertThat(pipeline.rows()).isEmpty();
      assertThat(pipeline.read(Topics.LABELS)).isEmpty();
      assertThat(pipeline.counts()).containsEntry("deadLetters", 2L).doesNotContainKey("labels");
    }
  }

  @Test
  void whatScopesAndAggregatesReadIsChecked() {
    String derived =
        "  - {name: f, type: derived, aggregate: sum, field: spent, by: city}\n"
            + "  - {name: g, type: derived, aggregate: count, over: labels, by: city}\n";
    ModelSpec spec = spec("user.labels", derived);
    try (PipelineDriver pipeline = PipelineDriver.upToExamples(directory, spec)) {
      for (String bad :
          List.of("'spent': 'x'", "'spent': 1e300", "'city': [1]", "'city': 'a\\u0000b'")) {
        send(pipeline, "{'id': 'a', 'at': 0, 'shop': 's', " + bad + "}");
      }
      assertThat(pipeline.read(Topics.DEAD_LETTERS)).hasSize(4);
      // A label's record may have another thing under that name: its event says where it was.
      pipeline.send("user.labels", null, json("{'id': 'a', 'at': 0, 'late': 1, 'city': {}}"));
      assertThat(pipeline.read(Topics.LABELS)).hasSize(1);
    }
  }

  private static ModelSpec spec(String labelsTopic) {
    return spec(labelsTopic, "");
  }

  private static ModelSpec spec(String labelsTopic, String derived) {
    String text = PipelineDriver.spec("user").text().replace("user.labels", labelsTopic);
    String events = text.split("  - \\{name: rate", 2)[0];
    String rest = text.substring(text.indexOf("training:"));
    return SpecReader.parse("weir.yaml", events + derived + rest);
  }

  private static void send(PipelineDriver pipeline, String record) {
    pipeline.send("user.features", null, json(record));
  }

  private static byte[] json(String record) {
    return PipelineDriver.bytes(record.replace('\'', '"'));
  }
}
