package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.contracts.control.CutOver;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.Tick;
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
import dev.weir.pipeline.watermark.WatermarkRules;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.testkit.time.MutableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cut-over from one spec to the next on the real broker, with starts and stops in mid-stream. */
class CutOverTest {
  private static final Duration WITHIN = Duration.ofSeconds(120);
  private static final int EVENTS = 600;
  private static final int BROKEN_EACH = 50;
  private static final int USER_PARTITIONS = 3;
  private static final int PARTITIONS = 2;

  @TempDir Path directory;
  private final String user = TestBroker.uniqueName("user");
  private final ModelSpec first = spec();
  private final ModelSpec second = GenerationDriver.second(first);
  private final TopicNames names = new TopicNames(TestBroker.uniqueName("weir"), first.model());
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());

  /** The name is the application's, too, whose state the tests of one broker would share. */
  private ModelSpec spec() {
    String text = PipelineDriver.spec(user).text().replace("model: small", "model: cutover");
    return SpecReader.parse("cutover.yaml", text);
  }

  @Test
  void everyEventIsDecidedOnceOverACutOverAndRestarts() throws Exception {
    createTopics();
    SpecGeneration former = SpecGeneration.first(first);
    SpecGeneration next = SpecGeneration.shadow(2, second);
    CutOver at;
    try (KafkaProducer<byte[], byte[]> producer = producer();
        Admin admin = Admin.create(client)) {
      send(producer, 0, EVENTS / 3);
      PipelineRole live = start(first, former);
      awaitRows(former, 1);
      PipelineRole shadow = start(second, next);
      awaitRows(next, 1);
      send(producer, EVENTS / 3, 2 * EVENTS / 3);
      awaitRows(former, EVENTS / 3 + 1);
      CutOverOffsets offsets = new CutOverOffsets(admin, WITHIN);
      assertThatThrownBy(() -> find(new CutOverOffsets(admin, Duration.ZERO)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("still runs");
      live.leave();
      shadow.leave();
      SortedMap<String, SortedMap<Integer, Long>> found = find(offsets);
      // Whoever dies before it has recorded them finds the same again.
      assertThat(find(offsets)).isEqualTo(found);
      at = new CutOver(found, new Tick(1, PipelineDriver.at(0)), 2, "cutover-g2-0001", "test");
      run(former.retiringAt(at), next.liveFrom(at), producer);
    }
    assertDecidedOnce(former, next, at);
  }

  /** Both run on, stop in mid-stream and start again, as after a crash of the process. */
  private void run(
      SpecGeneration former, SpecGeneration next, KafkaProducer<byte[], byte[]> producer)
      throws InterruptedException {
    try (PipelineRole retiring = start(first, former);
        PipelineRole live = start(second, next)) {
      send(producer, 2 * EVENTS / 3, EVENTS);
      awaitRows(next, 2 * EVENTS / 3 + 1);
    }
    try (PipelineRole retiring = start(first, former);
        PipelineRole live = start(second, next)) {
      awaitRows(next, EVENTS);
      Await.until(
          WITHIN,
          () -> outcomes().size() >= EVENTS && deadLetters() >= broken(),
          () ->
              outcomes().size()
                  + " outcomes, "
                  + deadLetters()
                  + " dead letters, "
                  + retiring.failure()
                  + live.failure());
    }
  }

  private void assertDecidedOnce(SpecGeneration former, SpecGeneration next, CutOver at) {
    List<Row> before = rows(former);
    List<Row> after = rows(next);
    List<String> decided = new ArrayList<>();
    Stream.concat(before.stream(), after.stream())
        .filter(row -> row.origin() == Origin.STREAM)
        .forEach(row -> decided.add(row.eventId()));
    assertThat(decided).containsExactlyInAnyOrderElementsOf(ids(0, EVENTS).toList());
    assertThat(before).isNotEmpty().extracting(Row::origin).containsOnly(Origin.STREAM);
    assertThat(after).hasSize(EVENTS);
    assertThat(after).extracting(Row::origin).contains(Origin.STREAM, Origin.SHADOW);
    for (var record : TestBroker.readAll(user + ".features")) {
      String id = new String(record.key(), StandardCharsets.UTF_8);
      boolean isBefore = at.isAfter(record.topic(), record.partition(), record.offset());
      if (!id.equals("broken")) {
        assertThat(before.stream().anyMatch(row -> row.eventId().equals(id))).isEqualTo(isBefore);
      }
    }
    assertThat(outcomes()).containsExactlyInAnyOrderElementsOf(ids(0, EVENTS).toList());
    assertThat(deadLetters()).isEqualTo(broken());
  }

  private SortedMap<String, SortedMap<Integer, Long>> find(CutOverOffsets offsets)
      throws InterruptedException {
    return offsets.find(
        Set.of(user + ".features", user + ".labels"),
        PipelineRole.name(first.model(), 1),
        PipelineRole.name(first.model(), 2));
  }

  private PipelineRole start(ModelSpec spec, SpecGeneration generation)
      throws InterruptedException {
    WatermarkRules rules = new WatermarkRules(Duration.ofMillis(50), Duration.ofHours(1));
    PipelineInstance instance =
        new PipelineInstance(client, directory.resolve("state"), PARTITIONS, "1");
    MutableClock clock = MutableClock.at(PipelineDriver.at(1_000_000));
    PipelineRole role = PipelineRole.free(spec, names, generation, instance, clock, rules);
    role.start();
    return role;
  }

  private void createTopics() {
    TestBroker.createTopics(USER_PARTITIONS, user + ".features", user + ".labels");
    for (Topics topic : Topics.values()) {
      String[] each =
          Stream.of(names, names.ofGeneration(2), names.retired())
              .map(all -> all.of(topic))
              .distinct()
              .toArray(String[]::new);
      TestBroker.createTopics(topic.partitions(PARTITIONS), each);
    }
  }

  private KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Events, each with its label and a champion's prediction, and a broken record now and then. */
  private void send(KafkaProducer<byte[], byte[]> producer, int from, int to) {
    ids(from, to)
        .forEach(
            id -> {
              int n = Integer.parseInt(id.substring(1));
              Instant time = PipelineDriver.at(n % 60);
              byte[] event = PipelineDriver.featureJson(id, time.toString(), "s" + n % 3);
              byte[] label = PipelineDriver.labelJson(id, time.toString(), "s" + n % 3, n % 2);
              send(producer, user + ".features", id, time, event);
              send(producer, user + ".labels", id, time, label);
              send(producer, names.of(Topics.PREDICTIONS), id, time, prediction(id, time));
              if (n % BROKEN_EACH == 0) {
                byte[] broken = PipelineDriver.bytes("{broken");
                send(producer, user + ".features", "broken", time, broken);
                send(producer, user + ".labels", "broken", time, broken);
              }
            });
    producer.flush();
  }

  private static byte[] prediction(String id, Instant time) {
    Prediction prediction =
        new Prediction(id, time, 1, ServingRole.CHAMPION, 0.5, Origin.STREAM, null);
    return AvroSerde.predictions().serializer().serialize("p", prediction);
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, String key, Instant at, byte[] value) {
    producer.send(
        new ProducerRecord<>(topic, null, at.toEpochMilli(), PipelineDriver.bytes(key), value));
  }

  private static Stream<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "e" + i);
  }

  private static int broken() {
    return 2 * EVENTS / BROKEN_EACH;
  }

  private void awaitRows(SpecGeneration generation, int count) {
    Await.until(
        WITHIN,
        () -> rows(generation).size() >= count,
        () -> rows(generation).size() + " rows of generation " + generation.number());
  }

  private List<Row> rows(SpecGeneration generation) {
    return TestBroker.readAll(generation.names(names).of(Topics.ROWS)).stream()
        .map(record -> AvroSerde.rows().deserializer().deserialize("r", record.value()))
        .toList();
  }

  private List<String> outcomes() {
    return TestBroker.readAll(names.of(Topics.OUTCOMES)).stream()
        .map(record -> Json.read(record.value(), Outcome.class).prediction().eventId())
        .toList();
  }

  private int deadLetters() {
    return TestBroker.readAll(names.of(Topics.DEAD_LETTERS)).size();
  }
}
