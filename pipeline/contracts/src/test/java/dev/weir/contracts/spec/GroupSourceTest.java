package dev.weir.contracts.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.feature.FeatureEncoder;
import dev.weir.contracts.serde.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code events.groups}: group attributes that rows must not carry. */
class GroupSourceTest {
  private static final String TEXT =
      """
      model: small
      version: 1
      events:
        features: {topic: f, id: id, time: at}
        labels: {topic: l, id: id, time: at, value: late}
        groups: {topic: g, entity: who, time: since}
      features:
        - {name: sex, type: category, values: [f, m]}
      groups:
        - {name: sex}
      training: {network: {hidden: [4]}}
      triggers: {volume: {examples: 3}, drift: {}}
      """;

  @Test
  void aTopicIsAboutEntitiesOrEvents() {
    assertThat(SpecReader.parse("f", TEXT).events().groups())
        .isEqualTo(new Events.GroupSource("g", "who", true, "since", RecordFormat.JSON));
    String byEvent = TEXT.replace("entity: who, time: since", "id: event, envelope: cloudevents");
    Events.GroupSource source = SpecReader.parse("f", byEvent).events().groups();
    assertThat(source.subject()).isEqualTo("event");
    assertThat(source.isByEntity()).isFalse();
    assertThat(source.time()).isNull();
    assertThat(source.format().envelope()).isEqualTo(RecordFormat.Envelope.CLOUDEVENTS);
  }

  @Test
  void onlyEntitiesWithATimeHaveAPast() {
    assertThat(SpecReader.parse("f", TEXT).events().groups().isAsOfEvent()).isTrue();
    for (String[] other : new String[][] {{", time: since", ""}, {"entity: who", "id: event"}}) {
      String text = TEXT.replace(other[0], other[1]);
      assertThat(SpecReader.parse("f", text).events().groups().isAsOfEvent()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "entity: who            | id: a, entity: b       | 6 | one of id, entity",
        "entity: who, time: since | time: since          | 6 | one of id, entity",
        "topic: g               | topic: f               | 6 | must be a topic of its own",
        "topic: g               | topic: l               | 6 | who may read events.labels",
        "topic: g               | format: avro, topic: g | 6 | needs the schema",
        "topic: g               | topics: g              | 6 | 'topics'",
        "'groups:\n  - {name: sex}\n' | ''             | 6 | needs groups",
      })
  void whatDoesNotFitNamesItsLine(String good, String bad, int line, String says) {
    assertThat(TEXT).contains(good);
    assertThatThrownBy(() -> SpecReader.parse("f", TEXT.replace(good, bad)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("f:" + line + ":")
        .hasMessageContaining(says);
  }

  @Test
  void rowsCarryNoGroupAndAFeatureOfThatNameIsAFeature() {
    var record = Json.tree(Map.of("id", "a", "sex", "m"));
    ModelSpec apart = SpecReader.parse("f", TEXT);
    assertThat(apart.groups()).hasSize(1);
    assertThat(new FeatureEncoder(apart).groups(record)).isEmpty();
    assertThat(
            new FeatureEncoder(apart)
                .encode(record, java.time.Instant.EPOCH, f -> Double.NaN)
                .toArray())
        .containsExactly(2);
    ModelSpec inRows = SpecReader.parse("f", TEXT.replaceFirst("  groups: .topic.*\n", ""));
    assertThat(new FeatureEncoder(inRows).groups(record)).containsEntry("sex", "m");
  }

  @Test
  void aSchemaFileOfThisTopicIsPutIn(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("weir.yaml");
    Files.writeString(
        file, TEXT.replace("topic: g", "format: avro, schemaFile: person.avsc, topic: g"));
    Files.writeString(directory.resolve("person.avsc"), "{}");
    assertThat(SpecReader.read(file).events().groups().format().schema().text()).isEqualTo("{}");
  }
}
