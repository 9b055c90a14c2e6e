package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.testkit.kafka.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command on a real broker. */
class DeadLettersCommandTest {
  private static final byte[] KEY = {(byte) 0xff, 0, (byte) 0xfe};

  private final TopicNames names = new TopicNames(TestBroker.uniqueName("letters"), "m");
  private final String users = TestBroker.uniqueName("user.features");

  @BeforeEach
  void threeLetters() {
    TestBroker.createTopics(2, users);
    TestBroker.createTopics(names.of(Topics.DEAD_LETTERS), names.of(Topics.REPLAYS));
    send(letter("WRONG_TYPE", 3, "one"));
    send(letter("WRONG_TYPE", 5, "two"));
    ProducerRecord<byte[], byte[]> cut = letter("TOO_LARGE", 7, "cut");
    cut.headers().add("weir.cut.from.bytes", bytes("8388608"));
    send(cut);
  }

  @Test
  void listTellsReasonOriginAndCounts() {
    JsonNode all = json("list");
    assertThat(all.path("total").asInt()).isEqualTo(3);
    assertThat(all.at("/byReason/WRONG_TYPE").asInt()).isEqualTo(2);
    assertThat(all.at("/letters/0/id").asText()).isEqualTo("0-0");
    assertThat(all.at("/letters/0/origin").asText()).isEqualTo(users + "-1-3");
    assertThat(all.at("/letters/0/time").asText()).isEqualTo("1970-01-01T00:00:03Z");
    assertThat(json("list", "--reason", "too_large").path("total").asInt()).isEqualTo(1);
    assertThat(run("list")).contains("WRONG_TYPE  " + users + "-1-3  why", "3 dead letters");
  }

  @Test
  void lettersOfRestrictedGroupsLieApart() {
    TestBroker.createTopics(names.of(Topics.GROUP_DEAD_LETTERS));
    ProducerRecord<byte[], byte[]> letter = letter("MISSING_FIELD", 9, "secret");
    send(
        new ProducerRecord<>(
            names.of(Topics.GROUP_DEAD_LETTERS),
            0,
            letter.timestamp(),
            letter.key(),
            letter.value(),
            letter.headers()));
    assertThat(json("list", "--groups").path("total").asInt()).isEqualTo(1);
    assertThat(json("list").path("total").asInt()).isEqualTo(3);
    assertThat(json("show", "--groups", "0-0").path("value").asText()).isEqualTo("secret");
    assertThat(json("replay", "--groups").path("replayed").asInt()).isEqualTo(1);
    assertThat(json("replay", "--groups").path("alreadyReplayed").asInt()).isEqualTo(1);
  }

  @Test
  void showPrintsTextAndHexadecimal() {
    assertThat(run("show", "0-1"))
        .contains("weir.reason: WRONG_TYPE", "key: 0xff00fe", "value: two");
    assertThat(json("show", "0-1").at("/key/hex").asText()).isEqualTo("ff00fe");
  }

  @Test
  void aLetterIsReplayedOnceAsItWas() {
    assertThat(json("replay", "--dry-run").path("replayed").asInt()).isEqualTo(2);
    assertThat(TestBroker.readAll(users)).isEmpty();

    JsonNode first = json("replay", "--reason", "WRONG_TYPE", "0-0");
    assertThat(first.path("replayed").asInt()).isEqualTo(1);
    JsonNode second = json("replay");
    assertThat(second.path("replayed").asInt()).isEqualTo(1);
    assertThat(second.path("alreadyReplayed").asInt()).isEqualTo(1);
    assertThat(second.path("cut").asInt()).isEqualTo(1);
    assertThat(run("replay")).contains("already replayed", "replayed: 0", "alreadyReplayed: 2");

    List<ConsumerRecord<byte[], byte[]>> sent = TestBroker.readAll(users);
    assertThat(sent).extracting(r -> text(r.value())).containsExactly("one", "two");
    ConsumerRecord<byte[], byte[]> one = sent.get(0);
    assertThat(one.partition()).isEqualTo(1);
    assertThat(one.timestamp()).isEqualTo(3_000);
    assertThat(one.key()).isEqualTo(KEY);
    assertThat(one.headers().toArray())
        .extracting(header -> header.key() + "=" + text(header.value()))
        .containsExactly(
            "weir.reason=the user's own", "trace=t", "weir.replay.of=" + users + "-1-3");
  }

  @Test
  void aRunThatWasKilledLeavesNothingTwice() {
    try (KafkaProducer<byte[], byte[]> killed = transactional()) {
      killed.initTransactions();
      killed.beginTransaction();
      killed.send(new ProducerRecord<>(users, 1, null, bytes("one")));
      killed.send(
          new ProducerRecord<>(
              names.of(Topics.REPLAYS), bytes("m/" + users + "-1-3"), new byte[0]));
      killed.flush();

      assertThat(json("replay").path("replayed").asInt()).isEqualTo(2);

      assertThatThrownBy(killed::commitTransaction).isInstanceOf(ProducerFencedException.class);
    }
    assertThat(json("replay").path("replayed").asInt()).isZero();
    assertThat(TestBroker.readAll(users))
        .extracting(r -> text(r.value()))
        .containsExactly("one", "two");
  }

  @Test
  void aCopyThatFailsAgainIsSentOnlyWhenAsked() {
    ProducerRecord<byte[], byte[]> copy = letter("WRONG_TYPE", 9, "again");
    copy.headers().add("weir.replay.of", bytes(users + "-1-2"));
    send(copy);

    JsonNode usual = json("replay");
    assertThat(usual.path("failedAgain").asInt()).isEqualTo(1);
    assertThat(usual.path("replayed").asInt()).isEqualTo(2);
    assertThat(json("replay", "--again").path("replayed").asInt()).isEqualTo(1);
    assertThat(json("replay", "--again").path("replayed").asInt()).isZero();
    List<ConsumerRecord<byte[], byte[]>> sent = TestBroker.readAll(users);
    assertThat(sent).hasSize(3);
    assertThat(sent.get(2).headers().headers("weir.replay.of"))
        .extracting(header -> text(header.value()))
        .containsExactly(users + "-1-2");
  }

  private ProducerRecord<byte[], byte[]> letter(String reason, int offset, String value) {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>(names.of(Topics.DEAD_LETTERS), 0, offset * 1_000L, KEY, bytes(value));
    letter.headers().add("weir.reason", bytes("the user's own")).add("trace", bytes("t"));
    letter.headers().add("weir.reason", bytes(reason)).add("weir.message", bytes("why"));
    letter.headers().add("weir.topic", bytes(users)).add("weir.partition", bytes("1"));
    letter.headers().add("weir.offset", bytes(Integer.toString(offset)));
    return letter;
  }

  private static void send(ProducerRecord<byte[], byte[]> record) {
    Map<String, Object> settings = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(record);
    }
  }

  private KafkaProducer<byte[], byte[]> transactional() {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            TestBroker.bootstrapServers(),
            "transactional.id",
            names.prefix() + "-replay-m"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private JsonNode json(String... arguments) {
    String[] more = Arrays.copyOf(arguments, arguments.length + 1);
    more[arguments.length] = "--json";
    return Json.read(run(more), JsonNode.class);
  }

  private String run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = WeirCommand.line().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    String[] all = new String[arguments.length + 7];
    all[0] = "dead-letters";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    String[] common = {
      "--model",
      "m",
      "--prefix",
      names.prefix(),
      "--bootstrap-servers",
      TestBroker.bootstrapServers()
    };
    System.arraycopy(common, 0, all, arguments.length + 1, common.length);
    assertThat(line.execute(all)).as(err.toString()).isZero();
    return out.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
