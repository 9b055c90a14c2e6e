package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.control.SpecGeneration.Phase;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecException;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.watermark.WatermarkRules;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.gen.Gen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way of a new spec, as {@code weir up} takes it: the first spec knows a hint of what
 * decides, the second knows it.
 */
@Tag("nightly")
class SpecChangeTest {
  private static final Duration WITHIN = Duration.ofMinutes(5);
  private static final int PAST = 700;
  private static final String HINT = "  - {name: hint, type: number}\n";
  private static final String AMOUNT = "  - {name: amount, type: number}\n";

  private final Clock clock = Clock.systemUTC();
  private final Gen gen = Gen.of(5);
  private final List<String> live = new ArrayList<>();
  private int sent;

  @TempDir Path directory;

  @Test
  void aNewSpecReencodesInShadowIsPromotedAndCutsOver() throws Exception {
    try (Stack stack = start(spec(1, HINT))) {
      Instant start = clock.instant().minusSeconds(120);
      for (int i = 0; i < PAST; i++) {
        send(stack, start.plusMillis(100L * i));
      }
      await(stack, () -> stack.servingVersion().equals(OptionalInt.of(1)), false);
    }
    assertThatThrownBy(() -> start(spec(1, HINT + AMOUNT)))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("raise `version`");
    try (Stack stack = start(spec(2, HINT + AMOUNT))) {
      await(stack, () -> !deployments(stack, Deployment.Change.SHADOWED).isEmpty(), false);
      await(stack, () -> stack.specs().get(1).phase() == Phase.LIVE, true);
      await(stack, () -> stack.servingVersion().equals(OptionalInt.of(2)), true);
    }
    try (Stack stack = start(spec(2, HINT + AMOUNT))) {
      int before = sent;
      await(stack, () -> sent > before + 20, true);
      await(stack, () -> decisions(stack).size() >= live.size(), false);

      assertThat(stack.specs())
          .extracting(SpecGeneration::phase)
          .containsExactly(Phase.RETIRING, Phase.LIVE);
      assertThat(read(stack, Topics.TRAINING_REQUESTS, TrainingRequest.class))
          .extracting(TrainingRequest::requestId)
          .containsExactly("shops-0001", "shops-g2-0001");
      assertThat(decisions(stack)).containsExactlyInAnyOrderElementsOf(live);
      assertThat(decided(stack)).doesNotHaveDuplicates().hasSize(sent);
      assertThat(read(stack, Topics.LEDGER_ENTRIES, LedgerEntry.class))
          .filteredOn(entry -> entry.kind().equals("spec-cut-over"))
          .extracting(LedgerEntry::requestId)
          .containsExactly("shops-g2-0001");
      assertThat(stack.stoppedRoles()).isEmpty();
    }
  }

  /** Sends an event whose amount decides, with its label. */
  private void send(Stack stack, Instant at) {
    double amount = gen.doubleBetween(0, 1);
    boolean isLate = amount > 0.5 ^ gen.chance(0.05);
    boolean isHigh = amount > 0.5 ^ gen.chance(0.25);
    String shop = sent % 2 == 0 ? "north" : "south";
    String head =
        String.format(
            Locale.ROOT, "{\"id\": \"e%d\", \"at\": \"%s\", \"shop\": \"%s\", ", sent, at, shop);
    String event =
        String.format(Locale.ROOT, "\"amount\": %.4f, \"hint\": %d}", amount, isHigh ? 1 : 0);
    publish(stack, "shops.features", head + event);
    publish(stack, "shops.labels", head + "\"late\": " + (isLate ? 1 : 0) + "}");
    sent++;
  }

  private static void publish(Stack stack, String topic, String json) {
    stack.producer().send(new ProducerRecord<>(topic, json.getBytes(StandardCharsets.UTF_8)));
  }

  /** Waits, while events go on coming if {@code isBusy}. */
  private void await(Stack stack, BooleanSupplier holds, boolean isBusy) {
    stack.producer().flush();
    Await.until(
        WITHIN,
        () -> {
          if (isBusy) {
            live.add("e" + sent);
            send(stack, clock.instant());
          }
          return holds.getAsBoolean();
        },
        () ->
            stack.countsBySpec()
                + ", "
                + stack.stoppedRoles()
                + ", "
                + stack.specs()
                + read(stack, Topics.AUDITS, Audit.class));
    stack.producer().flush();
  }

  private Stack start(ModelSpec spec) throws IOException, InterruptedException {
    StackSettings settings =
        new StackSettings(
            directory,
            Path.of(System.getProperty("weir.home"), "trainer", "target", "child.classpath"),
            spec,
            PolicyReader.parse("policy.yaml", resource("/free/policy.yaml")),
            clock,
            false,
            List.of());
    WatermarkRules rules = new WatermarkRules(Duration.ofMillis(200), Duration.ofSeconds(15));
    return Stack.start(settings.withWatermark(rules));
  }

  private static ModelSpec spec(int version, String features) throws IOException {
    String text = resource("/free/weir.yaml");
    return SpecReader.parse(
        "weir.yaml", text.replace("version: 1", "version: " + version).replace(AMOUNT, features));
  }

  private static String resource(String name) throws IOException {
    try (var in = SpecChangeTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The events that a champion has decided; those of the first start may have come before it. */
  private List<String> decisions(Stack stack) {
    return records(stack, stack.names(), Topics.PREDICTIONS).stream()
        .map(value -> AvroSerde.predictions().deserializer().deserialize("p", value))
        .filter(prediction -> prediction.role() == ServingRole.CHAMPION)
        .map(Prediction::eventId)
        .filter(id -> Integer.parseInt(id.substring(1)) >= PAST)
        .toList();
  }

  private static List<String> decided(Stack stack) {
    List<String> ids = new ArrayList<>();
    for (SpecGeneration each : stack.specs()) {
      records(stack, each.names(stack.names()), Topics.ROWS).stream()
          .map(value -> AvroSerde.rows().deserializer().deserialize("r", value))
          .filter(row -> row.origin() == Origin.STREAM)
          .map(Row::eventId)
          .forEach(ids::add);
    }
    return ids;
  }

  private static List<Deployment> deployments(Stack stack, Deployment.Change change) {
    return read(stack, Topics.DEPLOYMENTS, Deployment.class).stream()
        .filter(deployment -> deployment.change() == change)
        .toList();
  }

  private static <T> List<T> read(Stack stack, Topics topic, Class<T> type) {
    return records(stack, stack.names(), topic).stream()
        .map(value -> Json.read(value, type))
        .toList();
  }

  private static List<byte[]> records(Stack stack, TopicNames names, Topics topic) {
    Map<String, Object> client = stack.client();
    return new RangeReader(client)
        .readAll(names.of(topic)).stream().map(record -> record.value()).toList();
  }
}
