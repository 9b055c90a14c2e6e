package dev.weir.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.app.csv.CsvException;
import dev.weir.app.driver.TimedRecord;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordingTest {
  private static final String SPEC =
      """
      model: shop
      version: 1
      events:
        features: {topic: t.events, id: id, time: at, entity: who}
        labels: {topic: t.labels, id: orderId, time: known, value: bad}
      features:
        - {name: amount, type: number}
        - {name: kind, type: category, values: ["1", "2"]}
        - {name: sum, type: derived, aggregate: sum, field: paid, by: who, window: P1D}
      groups:
        - {name: sex}
      training:
        network: {hidden: [4]}
      triggers:
        volume: {examples: 10}
        drift: {}
      """;
  private static final String HEADER = "id,at,known,who,amount,kind,paid,sex,bad,more\n";

  @TempDir private Path directory;

  @Test
  void aRowIsTheRecordsThatProducersWouldHaveSent() throws IOException {
    Recording recording =
        read(
            HEADER
                + "b,2026-01-02T00:00:00Z,2026-01-05T00:00:00Z,ann,12.50,2,,f,1,x\n"
                + "a,2026-01-01,2026-01-09,bob,,1,7,m,0,y\n");

    assertThat(recording.ids()).containsExactly("a", "b");
    assertThat(recording.assumptions()).isEmpty();
    assertThat(new String(recording.features().get(1).value(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"amount\":12.50,\"kind\":\"2\",\"sex\":\"f\",\"who\":\"ann\",\"id\":\"b\","
                + "\"at\":\"2026-01-02T00:00:00Z\"}");
    assertThat(json(recording.features().get(0)).path("paid").intValue()).isEqualTo(7);
    assertThat(json(recording.features().get(0)).has("amount")).isFalse();
    assertThat(recording.labels()).extracting(TimedRecord::topic).containsOnly("t.labels");
    assertThat(json(recording.labels().get(0)).toString())
        .isEqualTo("{\"bad\":1,\"orderId\":\"b\",\"known\":\"2026-01-05T00:00:00Z\"}");
    assertThat(recording.first()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(recording.last()).isEqualTo("2026-01-09T00:00:00Z");
  }

  @Test
  void whatAFileDoesNotSayIsAssumedAndTold() throws IOException {
    Recording recording =
        read("who,amount,kind,paid,sex,bad\nann,1,1,1,f,0\nbob,2,1,1,f,\ncid,3,1,1,f,1\n");

    assertThat(recording.ids()).containsExactly("1", "2", "3");
    assertThat(recording.features())
        .extracting(TimedRecord::time)
        .containsExactly(
            Instant.parse("2000-01-01T00:00:00Z"),
            Instant.parse("2000-01-01T00:01:00Z"),
            Instant.parse("2000-01-01T00:02:00Z"));
    assertThat(recording.labels())
        .extracting(TimedRecord::time)
        .containsExactly(
            Instant.parse("2000-01-01T00:00:59.999Z"), Instant.parse("2000-01-01T00:02:59.999Z"));
    assertThat(String.join("\n", recording.assumptions()))
        .contains(
            "no column 'id'", "no column 'at'", "no column 'known'", "PT1M", "--labels-after");
  }

  @Test
  void rowsOfOneInstantKnowNoLabelOfEachOther() throws IOException {
    Recording recording =
        read(
            "id,at,who,amount,kind,paid,sex,bad\n"
                + "a,2026-01-01T00:00:00Z,x,1,1,1,f,0\n"
                + "b,2026-01-01T00:00:00Z,x,1,1,1,f,1\n"
                + "c,2026-01-01T06:00:00Z,x,1,1,1,f,1\n");

    assertThat(recording.labels())
        .extracting(TimedRecord::time)
        .containsExactly(
            Instant.parse("2026-01-01T05:59:59.999Z"),
            Instant.parse("2026-01-01T05:59:59.999Z"),
            Instant.parse("2026-01-01T11:59:59.999Z"));
  }

  @Test
  void timesFromSeveralColumnsAreFilledUpWithZeros() throws IOException {
    Path data = file("day,hhmm,who,amount,kind,paid,sex,bad\n2014-01-01,5,x,1,1,1,f,yes\n");
    Question question =
        new Question(
            data,
            "yes",
            new LinkedHashMap<>(Map.of("day", "yyyy-MM-dd")),
            Question.START,
            Question.STEP,
            Duration.ofHours(8));
    assertThat(Recording.read(question, spec()).features().get(0).time())
        .isEqualTo("2014-01-01T00:00:00Z");

    Map<String, String> both = new LinkedHashMap<>();
    both.put("day", "yyyy-MM-dd");
    both.put("hhmm", "HHmm");
    Recording recording =
        Recording.read(
            new Question(data, "yes", both, Question.START, Question.STEP, Duration.ofHours(8)),
            spec());

    assertThat(recording.features().get(0).time()).isEqualTo("2014-01-01T00:05:00Z");
    assertThat(recording.labels().get(0).time()).isEqualTo("2014-01-01T08:05:00Z");
    assertThat(json(recording.labels().get(0)).path("bad").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "a,soon,2026-01-02,x,1,1,1,f,0,y    | :2: column 'at' is 'soon', which is no time",
        "a,2026-01-01,,x,1,1,1,f,0,y        | :2: column 'known' is '', which is no time",
        "a,2026-01-01,2026-01-02,x,ten,1,1,f,0,y | :2: column 'amount' is 'ten', which is no number",
        "a,2026-01-01,2026-01-02,x,1,1,1,f,maybe,y | :2: column 'bad' is 'maybe', which is no label",
        ",2026-01-01,2026-01-02,x,1,1,1,f,1,y | :2: column 'id' is empty",
        "a,2026-01-01,2026-01-02,x,1,1,1,f,1  | :2: the row has 9 cells"
      })
  void aCellThatCannotBeUsedIsNamedByFileLineAndColumn(String row, String message)
      throws IOException {
    Path data = file(HEADER + row.strip() + "\n");
    assertThatThrownBy(() -> Recording.read(Question.of(data), spec()))
        .isInstanceOf(CsvException.class)
        .hasMessageStartingWith(data + message.strip());
  }

  @Test
  void aColumnThatIsMissingIsNamedWithThoseThatAreThere() throws IOException {
    Path data = file("id,at,who\na,2026-01-01,x\n");
    assertThatThrownBy(() -> Recording.read(Question.of(data), spec()))
        .isInstanceOf(CsvException.class)
        .hasMessage(data + " has no column 'amount'; it has id, at, who");
  }

  @Test
  void aPositiveWordThatNeverComesIsAMistake() throws IOException {
    Path data = file(HEADER + "a,2026-01-01,2026-01-02,x,1,1,1,f,no,y\n");
    Question question = new Question(data, "yes", Map.of(), Question.START, Question.STEP, null);
    assertThatThrownBy(() -> Recording.read(question, spec()))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("'bad' is never 'yes'")
        .hasMessageEndingWith("it is no");
  }

  @Test
  void timesThatStandStillAreRefused() {
    Path data = Path.of("d.csv");
    assertThatThrownBy(
            () -> new Question(data, null, Map.of(), Question.START, Duration.ZERO, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--step");
  }

  private Recording read(String text) throws IOException {
    return Recording.read(Question.of(file(text)), spec());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("rows.csv"), text);
  }

  private static ModelSpec spec() {
    return SpecReader.parse("weir.yaml", SPEC);
  }

  private static JsonNode json(TimedRecord record) {
    return Json.read(record.value(), JsonNode.class);
  }
}
