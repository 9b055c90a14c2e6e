package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.testkit.kafka.TestBroker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code weir init} writes and what it refuses. */
class InitCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;
  private Path data;
  private Path spec;

  @BeforeEach
  void aTable() throws IOException {
    StringBuilder csv = new StringBuilder("x,colour,churned\n");
    for (int i = 0; i < 120; i++) {
      csv.append(i * 37 % 101).append(i % 3 == 0 ? ",red," : ",blue,").append(i % 2).append('\n');
    }
    data = Files.writeString(directory.resolve("My Data 2.csv"), csv);
    spec = directory.resolve("new").resolve("weir.yaml");
  }

  private int run(String... arguments) {
    return WeirCommand.line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private ModelSpec written() throws IOException {
    Path policy = spec.resolveSibling("policy.yaml");
    PolicyReader.parse(policy.toString(), Files.readString(policy));
    return SpecReader.parse(spec.toString(), Files.readString(spec));
  }

  @Test
  void aFileGivesASpecAndAPolicy() throws IOException {
    assertThat(run("init", "--data", data.toString(), "--output", spec.toString(), "--json"))
        .isZero();
    assertThat(written().model()).isEqualTo("my-data-2");
    JsonNode facts = Json.read(out.toString(), JsonNode.class);
    assertThat(facts.get("label").asText()).isEqualTo("churned");
    assertThat(facts.get("time").isNull()).isTrue();
    assertThat(facts.at("/columns/colour/as").asText()).isEqualTo("category");
  }

  @Test
  void whatIsThereStaysUnlessForced() throws IOException {
    Files.createDirectories(spec.getParent());
    Path policy = Files.writeString(spec.resolveSibling("policy.yaml"), "mine");
    assertThat(run("init", "--data", data.toString(), "--output", spec.toString()))
        .isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString()).contains(policy + " is there", "--force");
    assertThat(spec).doesNotExist();
    assertThat(run("init", "--data", data.toString(), "--output", spec.toString(), "--force"))
        .isZero();
    written();
  }

  @Test
  void mistakesSayWhatToDo() {
    assertThat(run("init")).isEqualTo(WeirCommand.USAGE);
    assertThat(err.toString()).contains("name a file by --data");
    assertThat(run("init", "--features", "f")).isEqualTo(WeirCommand.USAGE);
    assertThat(run("init", "--data", data.toString(), "--model", "A b"))
        .isEqualTo(WeirCommand.USAGE);
    assertThat(
            run("init", "--data", data.toString(), "--output", spec.toString(), "--label", "churn"))
        .isEqualTo(WeirCommand.FAIL);
    assertThat(err.toString()).contains("has no column 'churn'; it has x, colour, churned");
  }

  @Test
  void topicsOfSeveralPartitionsGiveASpec() throws IOException {
    String events = TestBroker.uniqueName("init.orders");
    String labels = TestBroker.uniqueName("init.returns");
    TestBroker.createTopics(3, events, labels);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 300; i++) {
        String at = "2026-01-0" + (1 + i / 50) + "T10:00:00Z";
        send(producer, events, i, Map.of("order", "o" + i, "at", at, "amount", i * 37 % 101));
        send(producer, labels, i, Map.of("order", "o" + i, "at", at, "returned", i % 2));
      }
    }
    assertThat(
            run(
                "init",
                "--features",
                events,
                "--labels",
                labels,
                "--bootstrap-servers",
                TestBroker.bootstrapServers(),
                "--output",
                spec.toString()))
        .isZero();
    ModelSpec found = written();
    assertThat(found.events().features().topic()).isEqualTo(events);
    assertThat(found.events().features().id()).isEqualTo("order");
    assertThat(found.events().labels().label().text()).isEqualTo("returned");
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, int i, Map<String, Object> value) {
    byte[] key = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(topic, key, Json.write(value)));
  }
}
