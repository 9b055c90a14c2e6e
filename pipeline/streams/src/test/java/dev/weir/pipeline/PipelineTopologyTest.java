package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.derive.Derive;
import dev.weir.pipeline.join.EventJoin;
import dev.weir.testkit.time.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTopologyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private final TopicNames names = new TopicNames("weir", "small");
  private ModelSpec spec;
  private TopologyTestDriver driver;

  @BeforeEach
  void start() throws IOException {
    try (var in = PipelineTopologyTest.class.getResourceAsStream("/small.yaml")) {
      spec = SpecReader.parse("small.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    driver = driver(directory);
  }

  private TopologyTestDriver driver(Path state) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    return new TopologyTestDriver(
        PipelineTopology.of(spec, names, MutableClock.at(START)), settings);
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  @Test
  void aLabelAfterItsRowGivesOneExample() {
    feature("a", 0, "1.5");
    label("a", 30, 1);
    assertThat(examples()).containsExactly(Map.entry("a", 1.0));
  }

  @Test
  void aLabelBeforeItsRowGivesOneExample() {
    label("a", 30, 1);
    feature("a", 0, "1.5");
    assertThat(examples()).containsExactly(Map.entry("a", 1.0));
  }

  @Test
  void copiesAreDroppedAndCounted() {
    feature("a", 0, "1");
    feature("a", 0, "1");
    label("a", 30, 1);
    label("a", 30, 1);
    assertThat(examples()).hasSize(1);
    assertThat(count(Derive.COUNTS, "duplicates")).isEqualTo(1);
    assertThat(count(EventJoin.COUNTS, "duplicateLabels")).isEqualTo(1);
  }

  @Test
  void anotherValueForALabelledEventIsAConflictAndTheFirstWins() {
    feature("a", 0, "1");
    label("a", 30, 1);
    label("a", 40, 0);
    assertThat(examples()).containsExactly(Map.entry("a", 1.0));
    assertThat(count(EventJoin.COUNTS, "conflict")).isEqualTo(1);
  }

  @Test
  void aLabelBeyondItsDeadlineIsTooLateWhateverTheOrder() {
    label("a", 121, 1);
    feature("a", 0, "1");
    tick(300);
    assertThat(examples()).isEmpty();
    assertThat(count(EventJoin.COUNTS, "tooLate")).isEqualTo(1);
    assertThat(count(EventJoin.COUNTS, "expired")).isEqualTo(1);
  }

  @Test
  void unlabelledRowsExpireAndLabelsOfUnknownEventsAreOrphans() {
    feature("a", 0, "1");
    label("b", 0, 1);
    tick(120);
    assertThat(count(EventJoin.COUNTS, "expired")).isZero();
    tick(121);
    assertThat(count(EventJoin.COUNTS, "expired")).isEqualTo(1);
    assertThat(count(EventJoin.COUNTS, "orphan")).isEqualTo(1);
  }

  @Test
  void badRecordsAreDeadLettersWithTheirReasonAndBytesAndNothingElseIsLost() {
    send("user.features", "{broken");
    send("user.features", "{\"at\": \"2026-01-01T00:00:00Z\", \"shop\": \"s\"}");
    send("user.features", "{\"id\": \"x\", \"at\": \"soon\", \"shop\": \"s\"}");
    send("user.features", "{\"id\": \"x\", \"at\": \"2031-01-01T00:00:00Z\", \"shop\": \"s\"}");
    send("user.features", "{\"id\": \"x\", \"at\": 0, \"shop\": \"s\", \"amount\": \"much\"}");
    send("user.features", "{\"id\": \"x\", \"at\": 0, \"shop\": \"s\", \"amount\": NaN}");
    send("user.features", "{\"id\": \"x\", \"pad\": \"" + "y".repeat(2_000_000) + "\"}");
    feature("a", 0, "1");
    label("a", 1, 0);
    var letters =
        driver
            .createOutputTopic(
                names.of(Topics.DEAD_LETTERS),
                new StringDeserializer(),
                new ByteArrayDeserializer())
            .readRecordsToList();
    assertThat(letters)
        .extracting(
            r -> new String(r.headers().lastHeader("weir.reason").value(), StandardCharsets.UTF_8))
        .containsExactly(
            "MALFORMED_JSON",
            "MISSING_FIELD",
            "WRONG_TYPE",
            "TOO_AHEAD",
            "WRONG_TYPE",
            "MALFORMED_JSON",
            "TOO_LARGE");
    assertThat(new String(letters.get(0).value(), StandardCharsets.UTF_8)).isEqualTo("{broken");
    assertThat(examples()).hasSize(1);
  }

  /** prior 0.5 with weight 2; overall (1 + 0 + 1) / (2 + 2), shop s (1 + 2 · 0.5) / (1 + 2). */
  @Test
  void knownLabelRatesCountLabelsStrictlyBeforeTheEvent() {
    label("p", 10, 1, "s");
    label("q", 20, 0, "t");
    label("r", 30, 1, "s");
    feature("a", 30, "1");
    Row row = AvroSerde.rows().deserializer().deserialize("rows", read(Topics.ROWS).get(0).value());
    assertThat((double) row.features().get(1)).isCloseTo(2.0 / 4, within(1e-6));
    assertThat((double) row.features().get(2)).isCloseTo((1 + 2 * 0.5) / 3, within(1e-6));
  }

  @Test
  void predictionsMeetTheirLabelsInEitherOrderOnceEach() {
    feature("a", 0, "1");
    predict("a", 1, ServingRole.CHAMPION);
    predict("a", 1, ServingRole.CHAMPION);
    label("a", 30, 1);
    predict("a", 2, ServingRole.SHADOW);
    assertThat(read(Topics.OUTCOMES))
        .extracting(r -> Json.read(r.value(), Outcome.class).prediction().version())
        .containsExactly(1, 2);
  }

  @Test
  void enoughExamplesAskForOneTrainingOnATick() {
    for (String id : List.of("a", "b", "c")) {
      feature(id, 0, "1");
      label(id, 10, 1);
    }
    assertThat(read(Topics.TRAINING_REQUESTS)).isEmpty();
    tick(20);
    tick(30);
    var requests = read(Topics.TRAINING_REQUESTS);
    assertThat(requests).hasSize(1);
    TrainingRequest request = Json.read(requests.get(0).value(), TrainingRequest.class);
    assertThat(request.trigger()).isEqualTo("volume");
    assertThat(request.training().get(0).from()).isZero();
    assertThat(request.training().get(0).to()).isEqualTo(3);
  }

  private void feature(String id, int minute, String amount) {
    send(
        "user.features",
        "{\"id\": \""
            + id
            + "\", \"at\": \""
            + at(minute)
            + "\", \"shop\": \"s\", \"amount\": "
            + amount
            + "}");
  }

  private void label(String id, int minute, int value) {
    label(id, minute, value, "s");
  }

  private void label(String id, int minute, int value, String shop) {
    send(
        "user.labels",
        "{\"id\": \""
            + id
            + "\", \"at\": \""
            + at(minute)
            + "\", \"shop\": \""
            + shop
            + "\", \"late\": "
            + value
            + "}");
  }

  private void predict(String id, int version, ServingRole role) {
    Prediction prediction = new Prediction(id, START, version, role, 0.7, Origin.STREAM, true);
    byte[] bytes = AvroSerde.predictions().serializer().serialize("predictions", prediction);
    send(names.of(Topics.PREDICTIONS), id, bytes);
  }

  private void tick(int minute) {
    send(names.of(Topics.TICKS), "small", Json.write(new Tick(minute, at(minute))));
  }

  private static Instant at(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private void send(String topic, String json) {
    send(topic, "any", json.getBytes(StandardCharsets.UTF_8));
  }

  private void send(String topic, String key, byte[] value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key.getBytes(StandardCharsets.UTF_8), value, START));
  }

  private List<TestRecord<String, byte[]>> read(Topics topic) {
    return driver
        .createOutputTopic(names.of(topic), new StringDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private List<Map.Entry<String, Double>> examples() {
    return read(Topics.EXAMPLES).stream()
        .map(r -> AvroSerde.examples().deserializer().deserialize("examples", r.value()))
        .map((Example e) -> Map.entry(e.eventId(), e.label()))
        .toList();
  }

  private long count(String store, String name) {
    KeyValueStore<String, Long> counts = driver.getKeyValueStore(store);
    Long count = counts.get(name);
    return count == null ? 0 : count;
  }
}
