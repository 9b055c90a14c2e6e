package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.RecordWriter;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.PipelineRole;
import dev.weir.testkit.await.Await;
import dev.weir.testkit.kafka.TestBroker;
import dev.weir.testkit.time.MutableClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command, a real broker and the real trigger, with one example a minute. */
class TrainCommandTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WITHIN = Duration.ofMinutes(3);
  private static final int EXAMPLES = 12;

  private final String prefix = TestBroker.uniqueName("orders");
  private final Map<String, Object> client =
      Map.of("bootstrap.servers", TestBroker.bootstrapServers());
  private final ModelSpec spec = spec(TestBroker.uniqueName("ordered"));
  private final TopicNames names = new TopicNames(prefix, spec.model());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;
  private PipelineRole pipeline;

  private static ModelSpec spec(String model) {
    return SpecReader.parse(
        "weir.yaml",
        """
        model: MODEL
        version: 1
        events:
          features: {topic: MODEL.features, id: id, time: at}
          labels: {topic: MODEL.labels, id: id, time: at, value: late}
          labelWithin: PT2H
          maxAhead: P1D
        features:
          - {name: amount, type: number}
        training:
          network: {hidden: [4]}
        triggers:
          volume: {examples: 100}
          drift: {}
          operator: {minimumExamples: 3}
        """
            .replace("MODEL", model));
  }

  @BeforeEach
  void topics() {
    TestBroker.createTopics(spec.events().features().topic(), spec.events().labels().topic());
    TestBroker.createTopics(Arrays.stream(Topics.values()).map(names::of).toArray(String[]::new));
  }

  @AfterEach
  void stop() {
    if (pipeline != null) {
      pipeline.close();
    }
  }

  private void aPipelineWithExamples() throws InterruptedException {
    pipeline = new PipelineRole(spec, names, client, directory, MutableClock.at(START));
    pipeline.start();
    try (RecordWriter writer = new RecordWriter(client)) {
      for (int minute = 0; minute < EXAMPLES; minute++) {
        Instant at = START.plusSeconds(60L * minute);
        String features = spec.events().features().topic();
        writer.write(features, "k", at, event(minute, at, "\"amount\": 1"));
        String labels = spec.events().labels().topic();
        writer.write(labels, "k", at, event(minute, at, "\"late\": 1"));
      }
      Await.until(
          WITHIN,
          () -> TestBroker.readAll(names.of(Topics.EXAMPLES)).size() == EXAMPLES,
          () -> pipeline.lastCounts().toString());
      Instant end = START.plusSeconds(3600);
      writer.write(names.of(Topics.TICKS), spec.model(), end, Json.write(new Tick(1, end)));
    }
  }

  private static byte[] event(int number, Instant at, String rest) {
    String json = "{\"id\": \"e" + number + "\", \"at\": \"" + at + "\", " + rest + "}";
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anOrderIsAcceptedOnceAndTheNextOneRefused() throws InterruptedException {
    aPipelineWithExamples();
    awaitAccepted("--last", "5", "--id", "first", "--by", "ann", "--json");
    JsonNode accepted = Json.read(out.toString(), JsonNode.class);
    assertThat(accepted.path("accepted").asBoolean()).isTrue();
    assertThat(accepted.path("request").asText()).isEqualTo(spec.model() + "-order-first");
    assertThat(accepted.path("answeredAt").asText()).isEqualTo("2026-01-01T01:00:00Z");
    List<OffsetRange> training = requests().get(0).training();
    assertThat(accepted.path("training").toString()).isEqualTo(Json.tree(training).toString());
    assertThat(examples(training)).isEqualTo(5);

    assertThat(train("--last", "5", "--id", "first", "--json")).isZero();
    assertThat(Json.read(out.toString(), JsonNode.class)).isEqualTo(accepted);

    assertThat(train()).isEqualTo(3);
    assertThat(out.toString())
        .contains("accepted: false", "decision: REQUEST_OPEN", spec.model() + "-order-first");
    assertThat(requests()).hasSize(1);
    TrainingRequest request = requests().get(0);
    assertThat(request.trigger()).isEqualTo("operator");
    assertThat(request.reason()).isEqualTo("because (ann); 5 examples");
    assertThat(TestBroker.readAll(names.of(Topics.LEDGER_ENTRIES))).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void anOrderNamesItsExamplesByTheTimesOfTheirLabels() throws InterruptedException {
    aPipelineWithExamples();
    awaitAccepted("--from", "2026-01-01T00:03:00Z", "--to", "2026-01-01T00:07:00Z");
    List<OffsetRange> training = requests().get(0).training();
    assertThat(examples(training)).isEqualTo(4);
    assertThat(out.toString()).contains("reason: 4 examples");
  }

  @Test
  void withoutAPipelineThereIsNoAnswerAndTheOrderSaysHowToAskAgain() {
    assertThat(train("--timeout", "PT0.2S", "--id", "later")).isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString()).contains("no answer to order later", "name --id later");
    assertThat(TestBroker.readAll(names.of(Topics.TRAINING_ORDERS))).hasSize(1);
  }

  @Test
  void timesWithoutExamplesAreSaidBeforeAnythingIsOrdered() {
    assertThat(train("--from", "2027-01-01T00:00:00Z")).isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString()).contains("there are no examples between these times");
    assertThat(TestBroker.readAll(names.of(Topics.TRAINING_ORDERS))).isEmpty();
  }

  /** The trigger knows of examples from the end of the first epoch on. */
  private void awaitAccepted(String... arguments) {
    Await.until(WITHIN, () -> train(arguments) == 0, () -> out + "" + err);
  }

  private int train(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all =
        new ArrayList<>(
            List.of(
                "train",
                spec.model(),
                "--reason",
                "because",
                "--prefix",
                prefix,
                "--bootstrap-servers",
                TestBroker.bootstrapServers()));
    all.addAll(List.of(arguments));
    CommandLine line = WeirCommand.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(all.toArray(String[]::new));
  }

  private List<TrainingRequest> requests() {
    return TestBroker.readAll(names.of(Topics.TRAINING_REQUESTS)).stream()
        .map(record -> Json.read(record.value(), TrainingRequest.class))
        .toList();
  }

  private int examples(List<OffsetRange> ranges) {
    return (int)
        TestBroker.readAll(names.of(Topics.EXAMPLES)).stream()
            .filter(
                record ->
                    ranges.stream()
                        .anyMatch(
                            range ->
                                record.offset() >= range.from() && record.offset() < range.to()))
            .count();
  }
}
