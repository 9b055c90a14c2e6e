package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeadLetterTest {
  /** No UTF-8. */
  private static final byte[] KEY = {(byte) 0xff, 0, (byte) 0xfe};

  private static final String TIME = "\"at\": \"2026-01-01T00:00:00Z\"";

  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    pipeline = new PipelineDriver(directory);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  static Stream<Arguments> badFeatures() {
    String good = "{\"id\": \"x\", " + TIME + ", \"shop\": \"s\"}";
    return Stream.of(
        Arguments.of("MALFORMED_JSON", "{broken"),
        Arguments.of("MALFORMED_JSON", good.replace("}", ", \"amount\": NaN}")),
        Arguments.of("MALFORMED_JSON", good + " garbage"),
        Arguments.of("MALFORMED_JSON", good + good),
        Arguments.of("MALFORMED_JSON", good.replace("}", ", \"id\": \"y\"}")),
        Arguments.of("MALFORMED_JSON", "[1]"),
        Arguments.of("MALFORMED_JSON", "null"),
        Arguments.of("MALFORMED_JSON", ""),
        Arguments.of("MALFORMED_JSON", null),
        Arguments.of("MISSING_FIELD", good.replace("\"id\"", "\"no\"")),
        Arguments.of("MISSING_FIELD", good.replace("\"x\"", "null")),
        Arguments.of("MISSING_FIELD", good.replace("\"x\"", "\"\"")),
        Arguments.of("MISSING_FIELD", good.replace("\"at\"", "\"no\"")),
        Arguments.of("MISSING_FIELD", good.replace("\"shop\"", "\"no\"")),
        Arguments.of("WRONG_TYPE", good.replace("\"x\"", "1.5")),
        Arguments.of("WRONG_TYPE", good.replace("\"x\"", "\"a\\u0000b\"")),
        Arguments.of("WRONG_TYPE", good.replace("2026-01-01T00:00:00Z", "soon")),
        Arguments.of("WRONG_TYPE", good.replace(TIME, "\"at\": 99999999999999999999")),
        Arguments.of("WRONG_TYPE", good.replace(TIME, "\"at\": -1")),
        Arguments.of("WRONG_TYPE", good.replace(TIME, "\"at\": -9223372036854775808")),
        Arguments.of("WRONG_TYPE", good.replace("2026", "1969")),
        Arguments.of("WRONG_TYPE", good.replace("2026-", "-999999999-")),
        Arguments.of("WRONG_TYPE", good.replace("}", ", \"amount\": \"much\"}")),
        Arguments.of("NOT_FINITE", good.replace("}", ", \"amount\": 1e300}")),
        Arguments.of("TOO_AHEAD", good.replace("2026-01-01T00:00:00Z", "2026-01-02T00:00:01Z")),
        Arguments.of("TOO_AHEAD", good.replace(TIME, "\"at\": 9223372036854775807")),
        Arguments.of(
            "TOO_LARGE", good.replace("}", ", \"pad\": \"" + "y".repeat(1 << 20) + "\"}")));
  }

  @ParameterizedTest
  @MethodSource("badFeatures")
  void aBadRecordIsKeptWholeWithItsReasonAndItsPlace(String reason, String value) {
    pipeline.feature("before", 0);
    Headers headers = new RecordHeaders().add("trace", KEY);
    byte[] bytes = value == null ? null : PipelineDriver.bytes(value);
    pipeline.send("user.features", new TestRecord<>(KEY, bytes, headers, PipelineDriver.at(1)));
    pipeline.feature("a", 0);
    pipeline.label("a", 1, 1);

    List<TestRecord<byte[], byte[]>> letters = pipeline.read(Topics.DEAD_LETTERS);
    assertThat(letters).hasSize(1);
    TestRecord<byte[], byte[]> letter = letters.get(0);
    assertThat(letter.key()).isEqualTo(KEY);
    assertThat(letter.value()).isEqualTo(bytes);
    assertThat(letter.getRecordTime()).isEqualTo(PipelineDriver.at(1));
    assertThat(letter.headers().lastHeader("trace").value()).isEqualTo(KEY);
    assertThat(header(letter, "weir.reason")).isEqualTo(reason);
    assertThat(header(letter, "weir.message")).isNotEmpty();
    assertThat(header(letter, "weir.exception")).contains("Exception");
    assertThat(header(letter, "weir.topic")).isEqualTo("user.features");
    assertThat(header(letter, "weir.partition")).isEqualTo("0");
    assertThat(header(letter, "weir.offset")).isEqualTo("1");
    assertThat(pipeline.examples()).hasSize(1);
    assertThat(pipeline.rows()).hasSize(2);
    assertThat(pipeline.counts())
        .containsEntry("deadLetters", 1L)
        .containsEntry("deadLetters." + reason, 1L);
  }

  @Test
  void aValueThatTheTopicWouldNotTakeIsCutAndSaysSo() {
    pipeline.send("user.features", null, new byte[8 << 20]);
    TestRecord<byte[], byte[]> letter = pipeline.read(Topics.DEAD_LETTERS).get(0);
    assertThat(letter.value()).hasSize(7 << 20);
    assertThat(header(letter, "weir.cut.from.bytes")).isEqualTo("8388608");
    assertThat(header(letter, "weir.reason")).isEqualTo("TOO_LARGE");
  }

  @Test
  void aReplayedRecordThatFailsAgainStillSaysOfWhatItIsACopy() {
    Headers headers = new RecordHeaders().add("weir.replay.of", PipelineDriver.bytes("t-0-7"));
    byte[] value = PipelineDriver.bytes("{broken");
    pipeline.send("user.features", new TestRecord<>(null, value, headers, PipelineDriver.at(1)));
    TestRecord<byte[], byte[]> letter = pipeline.read(Topics.DEAD_LETTERS).get(0);
    assertThat(header(letter, "weir.replay.of")).isEqualTo("t-0-7");
    assertThat(header(letter, "weir.offset")).isEqualTo("0");
  }

  @Test
  void aRecordWithoutKeyKeepsNone() {
    pipeline.send("user.labels", null, PipelineDriver.bytes("{broken"));
    assertThat(pipeline.read(Topics.DEAD_LETTERS).get(0).key()).isNull();
  }

  @Test
  void aRecordOfExactlyOneMebibyteIsNotTooLarge() {
    String json = "{\"id\": \"x\", " + TIME + ", \"shop\": \"s\", \"pad\": \"\"}";
    String pad = "y".repeat((1 << 20) - json.length());
    pipeline.send(
        "user.features", null, PipelineDriver.bytes(json.replace("\"\"}", "\"" + pad + "\"}")));
    assertThat(pipeline.rows()).hasSize(1);
  }

  @Test
  void aLabelThatIsNeitherZeroNorOneIsADeadLetterAndIsNeverKnown() {
    for (String value : List.of("2", "0.5", "\"1\"", "[1]", "null")) {
      pipeline.send(
          "user.labels",
          null,
          PipelineDriver.bytes("{\"id\": \"x\", " + TIME + ", \"late\": " + value + "}"));
    }
    assertThat(pipeline.read(Topics.DEAD_LETTERS))
        .extracting(letter -> header(letter, "weir.reason"))
        .containsExactly("WRONG_TYPE", "WRONG_TYPE", "WRONG_TYPE", "WRONG_TYPE", "MISSING_FIELD");
    pipeline.feature("a", 10);
    assertThat(pipeline.rows().get(0).features().get(1)).isEqualTo(0.5f);
  }

  private static String header(TestRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
