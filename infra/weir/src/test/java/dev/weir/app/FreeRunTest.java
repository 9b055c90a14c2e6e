package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.watermark.WatermarkRules;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.events.Event.Fate;
import dev.weir.testkit.events.EventStream;
import dev.weir.testkit.events.Faults;
import dev.weir.testkit.events.StreamRules;
import dev.weir.testkit.events.UserRecord;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop without a driver, as {@code weir up} runs it, on events of the last minutes. */
class FreeRunTest {
  private static final Duration WITHIN = Duration.ofMinutes(3);
  private static final int EVENTS = 800;
  private static final Faults FAULTS = new Faults(0.1, 0.05, 0.05, 0.1, 0);

  private final Clock clock = Clock.systemUTC();

  @TempDir Path directory;

  @Test
  void eventsBecomeAServedVersionAndWhatHasNoPartnerExpires() throws Exception {
    EventStream stream = stream();
    try (Stack stack = start()) {
      publish(stack, stream.records());
      Await.until(
          WITHIN,
          () -> stack.servingVersion().equals(OptionalInt.of(1)),
          () -> stack.counts() + ", " + audits(stack).toString());

      publish(stack, List.of(ofNow("probe", false), ofNow("probe", true)));
      await(stack, () -> predicted(stack, "probe"));
      long unlabelled = stream.count(Fate.MISSING) + stream.count(Fate.LATE);
      await(stack, () -> stack.counts().getOrDefault("expired", 0L) >= unlabelled);
      long strangers = stream.count(Fate.UNKNOWN);
      await(stack, () -> stack.counts().getOrDefault("orphan", 0L) >= strangers);

      assertThat(stack.counts())
          .containsEntry("expired", unlabelled)
          .containsEntry("orphan", strangers)
          .containsEntry("tooLate", stream.count(Fate.LATE))
          .containsEntry("examples", stream.count(Fate.LABELLED) + 1);
      assertThat(stack.counts().get("duplicateRows") + stack.counts().get("duplicateLabels"))
          .isEqualTo(stream.copies());
      MeterRegistry meters = new SimpleMeterRegistry();
      stack.showMeters(meters);
      assertThat(meters.get("weir.pipeline.orphans").functionCounter().count())
          .isEqualTo(strangers);
      assertThat(meters.get("weir.serving.swaps").functionCounter().count()).isEqualTo(1);
      assertThat(requests(stack))
          .extracting(TrainingRequest::requestId)
          .containsExactly("shops-0001");
      assertThat(audits(stack))
          .extracting(audit -> audit.verdict().answer())
          .containsExactly(GateResult.Answer.PASS);
      assertThat(deployments(stack))
          .extracting(Deployment::change)
          .containsExactly(Deployment.Change.PROMOTED);
      assertThat(ticks(stack)).isSortedAccordingTo(Comparator.naturalOrder());
    }
  }

  /** Events that ended a minute ago: the first event of now lets everything expire. */
  private EventStream stream() {
    Instant start = clock.instant().minusSeconds(180);
    return EventStream.of(
        StreamRules.of(11, EVENTS, start)
            .paced(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(20))
            .with(FAULTS));
  }

  private Stack start() throws IOException, InterruptedException {
    StackSettings settings =
        new StackSettings(
            directory,
            Path.of(System.getProperty("weir.home"), "trainer", "target", "child.classpath"),
            SpecReader.parse("weir.yaml", resource("/free/weir.yaml")),
            PolicyReader.parse("policy.yaml", resource("/free/policy.yaml")),
            clock,
            false,
            List.of());
    WatermarkRules rules = new WatermarkRules(Duration.ofMillis(200), Duration.ofSeconds(15));
    return Stack.start(settings.withWatermark(rules));
  }

  private static String resource(String name) throws IOException {
    try (var in = FreeRunTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private UserRecord ofNow(String id, boolean isLabel) {
    Instant now = clock.instant();
    String rest = isLabel ? "\"late\": 1" : "\"amount\": 0.9";
    String json =
        "{\"id\": \"" + id + "\", \"at\": \"" + now + "\", \"shop\": \"north\", " + rest + "}";
    return new UserRecord(isLabel, now, json);
  }

  private static void publish(Stack stack, List<UserRecord> records) {
    for (UserRecord record : records) {
      String topic = record.isLabel() ? "shops.labels" : "shops.features";
      stack.producer().send(new ProducerRecord<>(topic, record.value()));
    }
    stack.producer().flush();
  }

  private static void await(Stack stack, BooleanSupplier holds) {
    Await.until(WITHIN, holds, () -> "counts " + stack.counts() + ", ticks " + ticks(stack));
  }

  private static boolean predicted(Stack stack, String id) {
    return new RangeReader(stack.client())
        .readAll(stack.names().of(Topics.PREDICTIONS)).stream()
            .map(r -> AvroSerde.predictions().deserializer().deserialize(r.topic(), r.value()))
            .anyMatch(p -> isOf(p, id));
  }

  private static boolean isOf(Prediction prediction, String id) {
    return prediction.eventId().equals(id)
        && prediction.version() == 1
        && prediction.role() == ServingRole.CHAMPION;
  }

  private static List<Instant> ticks(Stack stack) {
    return read(stack, Topics.TICKS, Tick.class).stream().map(Tick::time).toList();
  }

  private static List<TrainingRequest> requests(Stack stack) {
    return read(stack, Topics.TRAINING_REQUESTS, TrainingRequest.class);
  }

  private static List<Audit> audits(Stack stack) {
    return read(stack, Topics.AUDITS, Audit.class);
  }

  private static List<Deployment> deployments(Stack stack) {
    return read(stack, Topics.DEPLOYMENTS, Deployment.class);
  }

  private static <T> List<T> read(Stack stack, Topics topic, Class<T> type) {
    return new RangeReader(stack.client())
        .readAll(stack.names().of(topic)).stream()
            .map(record -> Json.read(record.value(), type))
            .toList();
  }
}
