package dev.weir.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.app.replay.Story;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generated file through two whole loops. */
class BacktestTest {
  private static final int ROWS = 1_500;

  private static final String SPEC =
      """
      model: backtested
      version: 1
      events:
        features: {topic: b.events, id: eventId, time: eventTime}
        labels: {topic: b.labels, id: eventId, time: labelTime, value: label}
        labelWithin: PT2H
        tick: PT1H30M
      features:
        - {name: x, type: number}
        - {name: kind, type: category, values: [a, b]}
        - {name: before, type: derived, aggregate: lag, over: labels, window: PT1H}
      training:
        network: {hidden: [8]}
        optimizer: {learningRate: 0.02}
        batchSize: 32
        epochs: 15
      decisionThreshold: 0.5
      triggers:
        volume: {examples: 300}
        drift: {waitForExamples: 80, window: 300, cooldown: PT1H}
      rollout: {promoteAtEvidence: 2}
      """;
  private static final String POLICY =
      """
      id: backtested
      version: 1
      alpha: 0.05
      gates:
        - {name: ranks better than chance, metric: auc, above: 0.5, appliesTo: first}
        - {name: not much worse, metric: brierGainOverChampion, above: -0.1, appliesTo: later}
      """;

  @TempDir private static Path directory;
  private static BacktestReport first;
  private static BacktestReport second;

  @BeforeAll
  static void playTwice() throws IOException, InterruptedException {
    Path data = file(directory.resolve("rows.csv"));
    first = play(data, directory.resolve("one"));
    second = play(data, directory.resolve("two"));
  }

  @Test
  void twoRunsGiveTheSameOutputSecondsAndJoulesApart() {
    assertThat(comparable(second)).isEqualTo(comparable(first));
  }

  @Test
  void theWholeFileIsScoredAndTheServedRowsAlone() {
    assertThat(first.events()).isEqualTo(ROWS);
    assertThat(first.labelled()).isEqualTo(ROWS - ROWS / 50);
    assertThat(first.counts())
        .containsEntry("expired", ROWS / 50L)
        .doesNotContainKey("deadLetters");
    assertThat(first.served().events()).isBetween(900L, first.labelled() - 300);
    assertThat(first.served().share())
        .isEqualTo((double) first.served().events() / first.labelled());
    assertThat(first.versions().stream().mapToLong(BacktestReport.Version::decided).sum())
        .isEqualTo(first.served().events());
    assertThat(first.auc()).isGreaterThan(0.5);
    assertThat(first.kappaTemporal())
        .isCloseTo(
            (first.accuracy() - first.noChangeAccuracy()) / (1 - first.noChangeAccuracy()),
            within(1e-12));
  }

  @Test
  void theFirstVersionPassesServesAndBeatsTheMajority() {
    BacktestReport.Version version = first.versions().get(0);
    assertThat(version.trigger()).isEqualTo("volume");
    assertThat(version.verdict()).isEqualTo("PASS");
    assertThat(version.outcome()).isEqualTo("PROMOTED");
    assertThat(version.accuracy()).isGreaterThan(0.7);
    assertThat(first.accuracy()).isGreaterThan(first.majorityAccuracy());
    assertThat(first.hasServed()).isTrue();
  }

  @Test
  void theTableSaysWhatTheReportSays() {
    List<String> lines = BacktestTable.lines(first);
    assertThat(lines)
        .anyMatch(line -> line.startsWith("accuracy %"))
        .anyMatch(l -> l.contains("v1"));
    assertThat(String.join("\n", lines)).contains("expired: 30").doesNotContain("NaN", "null");
  }

  private static ObjectNode comparable(BacktestReport report) {
    ObjectNode json = (ObjectNode) Json.tree(report);
    json.remove(List.of("wallSeconds", "eventsPerSecond", "joules"));
    json.path("versions").forEach(version -> ((ObjectNode) version).remove("joules"));
    return json;
  }

  private static BacktestReport play(Path data, Path target)
      throws IOException, InterruptedException {
    ModelSpec spec = SpecReader.parse("weir.yaml", SPEC);
    Backtest backtest =
        Backtest.of(
            spec,
            PolicyReader.parse("policy.yaml", POLICY),
            spec.events().tick(),
            Question.of(data));
    Path childClassPath =
        Path.of(System.getProperty("weir.home"), "trainer", "target", "child.classpath");
    try (Replay replay = backtest.start(Files.createDirectories(target), childClassPath)) {
      return replay.play(Story.silent());
    }
  }

  /** Rows without ids and times; each fiftieth has no label. */
  private static Path file(Path file) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder("x,kind,label\n");
    for (int i = 0; i < ROWS; i++) {
      double x = random.nextDouble(-1, 1);
      boolean isHigh = random.nextInt(10) == 0 ? random.nextBoolean() : x > 0;
      text.append(String.format("%.4f", x))
          .append(random.nextBoolean() ? ",a," : ",b,")
          .append(i % 50 == 49 ? "" : isHigh ? "1" : "0")
          .append('\n');
    }
    return Files.writeString(file, text);
  }
}
