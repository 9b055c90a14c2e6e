package dev.weir.contracts.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.FeatureVector;
import dev.weir.contracts.event.GroupValues;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.testkit.kafka.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class GroupHistoryTest {
  private static final Map<String, Object> CLIENT =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private final String topic = TestBroker.uniqueName("groups");

  @Test
  void anEntityHasWhatHeldAtTheTimeOfTheEvent() {
    TestBroker.createTopics(topic);
    say("anna", 10, Map.of("region", "n1", "sex", "f"));
    say("anna", 30, Map.of("region", "s1"));
    say("anna", 20, Map.of("region", "n2"));
    say("anna", 20, Map.of("region", "elsewhere"));
    say("bert", 50, Map.of("region", "s1"));
    ModelSpec spec = spec("entity: who, time: since");
    List<Row> rows =
        List.of(
            row("e1", "anna", 9),
            row("e2", "anna", 10),
            row("e3", "anna", 25),
            row("e4", "anna", 90),
            row("e5", "bert", 40),
            row("e6", "nobody", 40));
    GroupHistory history = read(spec, 5, rows);

    assertThat(rows.stream().map(row -> history.join(row).groups()))
        .containsExactly(
            Map.of(),
            Map.of("region", "north", "sex", "f"),
            Map.of("region", "elsewhere", "sex", "f"),
            Map.of("region", "south", "sex", "f"),
            Map.of(),
            Map.of());
    assertThat(history.knownOnlyLater(rows)).isEqualTo(Map.of("region", 2L, "sex", 1L));
  }

  @Test
  void withoutATimeAndForAnEventTheLastThatWasSaidCounts() {
    TestBroker.createTopics(topic);
    say("x", 50, Map.of("sex", "f"));
    say("x", 40, Map.of("sex", "m"));
    say("x", 60, Map.of("region", "n1"));
    for (String by : List.of("entity: who", "id: event", "id: event, time: since")) {
      Row row = row("x", "x", 10);
      GroupHistory history = read(spec(by), 3, List.of(row));
      assertThat(history.join(row).groups()).isEqualTo(Map.of("sex", "f", "region", "north"));
      assertThat(history.knownOnlyLater(List.of(row))).isEmpty();
    }
  }

  @Test
  void onlyTheRangeAndOnlyTheWantedGroupingsAreRead() {
    TestBroker.createTopics(topic);
    say("x", 1, Map.of("sex", "f", "region", "n1"));
    say("x", 2, Map.of("sex", "m", "region", "s1"));
    ModelSpec spec = spec("id: event");
    Row row = row("x", "x", 10);
    GroupHistory history =
        GroupHistory.read(
            new RangeReader(CLIENT),
            List.of(new OffsetRange(topic, 0, 0, 1)),
            spec,
            spec.groups().subList(0, 1),
            List.of(row));

    assertThat(history.join(row)).isEqualTo(row.with(Map.of("region", "north")));
  }

  private GroupHistory read(ModelSpec spec, long to, List<Row> rows) {
    List<OffsetRange> ranges = List.of(new OffsetRange(topic, 0, 0, to));
    return GroupHistory.read(new RangeReader(CLIENT), ranges, spec, spec.groups(), rows);
  }

  private void say(String subject, long second, Map<String, String> values) {
    byte[] value = Json.write(new GroupValues(subject, Instant.ofEpochSecond(second), values));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(CLIENT, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, subject.getBytes(StandardCharsets.UTF_8), value));
    }
  }

  private static Row row(String event, String entity, long second) {
    Instant time = Instant.ofEpochSecond(second);
    return new Row(event, entity, time, "s", FeatureVector.of(1), Map.of(), Origin.STREAM);
  }

  private static ModelSpec spec(String by) {
    return SpecReader.parse(
        "weir.yaml",
        """
        model: small
        version: 1
        events:
          features: {topic: f, id: id, time: at, entity: who}
          labels: {topic: l, id: id, time: at, value: late}
          groups: {topic: g, BY}
        features: [{name: x, type: number}]
        groups:
          - {name: region, classes: {north: [n1, n2], south: [s1]}}
          - {name: sex}
        training: {network: {hidden: [4]}}
        triggers: {volume: {examples: 3}, drift: {}}
        """
            .replace("BY", by));
  }
}
