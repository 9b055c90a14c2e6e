package dev.weir.pipeline;

import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.watermark.WatermarkRules;
import dev.weir.testkit.time.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The topology of {@code small.yaml} in the test driver; times are minutes after the start. */
final class PipelineDriver implements AutoCloseable {
  static final Envelope CERTIFICATE = new Envelope("type", "e30=", List.of());
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final TopicNames NAMES = new TopicNames("weir", "small");

  private final TopologyTestDriver driver;
  private final MutableClock clock;

  PipelineDriver(Path state) {
    this(state, MutableClock.at(START), clock -> PipelineTopology.of(spec("user"), NAMES, clock));
  }

  private PipelineDriver(Path state, MutableClock clock, Function<Clock, Topology> topology) {
    this.clock = clock;
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    // As in earnest; otherwise the driver writes a checkpoint file after each record, too.
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    driver = new TopologyTestDriver(topology.apply(clock), settings);
  }

  /** Ingest and the label join alone, for many events. */
  static PipelineDriver upToExamples(Path state, ModelSpec spec) {
    return new PipelineDriver(
        state, MutableClock.at(START), clock -> JoinTopology.of(spec, NAMES, clock));
  }

  /** The pipeline of a spec. */
  static PipelineDriver of(Path state, ModelSpec spec) {
    return new PipelineDriver(
        state, MutableClock.at(START), clock -> PipelineTopology.of(spec, NAMES, clock));
  }

  /** The spec with shops as groups, and more to say of its events. */
  static ModelSpec spec(String prefix, String moreOfEvents) {
    String text =
        spec(prefix).text().replace("  maxAhead", "  " + moreOfEvents + "\n  maxAhead")
            + "groups:\n  - {name: shop}\n";
    return SpecReader.parse("small.yaml", text);
  }

  /** A pipeline whose windows after an alarm, and of stability, have so many rows. */
  static PipelineDriver withWindow(Path state, int rows) {
    return new PipelineDriver(
        state, MutableClock.at(START), clock -> PipelineTopology.of(windowed(rows), NAMES, clock));
  }

  /** The spec with another window. */
  static ModelSpec windowed(int rows) {
    return SpecReader.parse(
        "small.yaml", spec("user").text().replace("window: 3,", "window: " + rows + ","));
  }

  /** A pipeline that writes its ticks itself. */
  static PipelineDriver free(Path state, WatermarkRules rules) {
    return new PipelineDriver(
        state,
        MutableClock.at(START),
        clock -> PipelineTopology.free(spec("user"), NAMES, 1, clock, rules));
  }

  MutableClock clock() {
    return clock;
  }

  /** Lets wall time pass, by the steps in which partitions look at their inputs. */
  void wallTime(Duration duration) {
    Duration step = Duration.ofMillis(500);
    for (long n = 0; n < duration.dividedBy(step); n++) {
      clock.advance(step);
      driver.advanceWallClockTime(step);
    }
  }

  /** The spec, its user topics named with {@code prefix}. */
  static ModelSpec spec(String prefix) {
    try (var in = PipelineDriver.class.getResourceAsStream("/small.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return SpecReader.parse("small.yaml", text.replace("user.", prefix + "."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Instant at(int minute) {
    return START.plusSeconds(60L * minute);
  }

  static byte[] featureJson(String id, String time, String shop) {
    return bytes(
        "{\"id\": \""
            + id
            + "\", \"at\": \""
            + time
            + "\", \"shop\": \""
            + shop
            + "\", \"amount\": 1}");
  }

  static byte[] labelJson(String id, String time, String shop, int value) {
    return bytes(
        "{\"id\": \""
            + id
            + "\", \"at\": \""
            + time
            + "\", \"shop\": \""
            + shop
            + "\", \"late\": "
            + value
            + "}");
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  void feature(String id, int minute) {
    feature(id, at(minute).toString(), "s");
  }

  void feature(String id, String time, String shop) {
    send("user.features", bytes("any"), featureJson(id, time, shop));
  }

  void label(String id, int minute, int value) {
    label(id, at(minute).toString(), "s", value);
  }

  void label(String id, String time, String shop, int value) {
    send("user.labels", bytes("any"), labelJson(id, time, shop, value));
  }

  void tick(int minute) {
    send(Topics.TICKS, "small", Json.write(new Tick(minute, at(minute))));
  }

  void predict(String id, int version, ServingRole role, double probability) {
    send(new Prediction(id, START, version, role, probability, Origin.STREAM, null));
  }

  /** A prediction that says what was decided. */
  void decide(String id, int minute, ServingRole role, boolean isSelected) {
    double probability = isSelected ? 0.9 : 0.1;
    send(new Prediction(id, at(minute), 1, role, probability, Origin.STREAM, isSelected));
  }

  private void send(Prediction prediction) {
    String id = prediction.eventId();
    send(Topics.PREDICTIONS, id, AvroSerde.predictions().serializer().serialize("p", prediction));
  }

  void deploy(String model, Deployment.Change change, int champion, String requestId) {
    Deployment.Slot slot = new Deployment.Slot(champion, "run", CERTIFICATE, START);
    Deployment deployment =
        new Deployment(model, 1, slot, null, change, champion, requestId, "r", START);
    send(Topics.DEPLOYMENTS, model, Json.write(deployment));
  }

  void send(Topics topic, String key, byte[] value) {
    send(NAMES.of(topic), bytes(key), value);
  }

  void send(String topic, byte[] key, byte[] value) {
    send(topic, new TestRecord<>(key, value, START));
  }

  void send(String topic, TestRecord<byte[], byte[]> record) {
    TestInputTopic<byte[], byte[]> input =
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(record);
  }

  List<TestRecord<byte[], byte[]>> read(Topics topic) {
    return driver
        .createOutputTopic(
            NAMES.of(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  <T> List<T> read(Topics topic, Class<T> type) {
    return read(topic).stream().map(r -> Json.read(r.value(), type)).toList();
  }

  List<Example> examples() {
    return read(Topics.EXAMPLES).stream()
        .map(r -> AvroSerde.examples().deserializer().deserialize("e", r.value()))
        .toList();
  }

  List<Row> rows() {
    return rows(Topics.ROWS);
  }

  List<Row> rows(Topics topic) {
    return read(topic).stream()
        .map(r -> AvroSerde.rows().deserializer().deserialize("r", r.value()))
        .toList();
  }

  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String store : driver.getAllStateStores().keySet()) {
      if (!store.endsWith("-counts")) {
        continue;
      }
      try (KeyValueIterator<String, Long> all =
          driver.<String, Long>getKeyValueStore(store).all()) {
        all.forEachRemaining(entry -> counts.merge(entry.key, entry.value, Long::sum));
      }
    }
    return counts;
  }

  /** Returns how many entries each store of the derive stage has, but for its counters. */
  Map<String, Integer> keptForFeatures() {
    return sizes("derive-(events|labels|timeline)");
  }

  /** Returns how many entries each store of the join has, but for its counters and its clock. */
  Map<String, Integer> openInJoin() {
    return sizes("join-(?!counts|clock).*");
  }

  /** Returns how many entries each store has whose name matches. */
  Map<String, Integer> sizes(String names) {
    Map<String, Integer> sizes = new TreeMap<>();
    driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              if (name.matches(names) && store instanceof KeyValueStore<?, ?> entries) {
                sizes.put(name, size(entries));
              }
            });
    return sizes;
  }

  static int size(KeyValueStore<?, ?> store) {
    int size = 0;
    try (KeyValueIterator<?, ?> all = store.all()) {
      for (; all.hasNext(); all.next()) {
        size++;
      }
    }
    return size;
  }

  @Override
  public void close() {
    driver.close();
  }
}
