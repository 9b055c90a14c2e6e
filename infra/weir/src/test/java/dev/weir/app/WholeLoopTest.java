package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.app.demo.Demo;
import dev.weir.app.demo.DemoReport;
import dev.weir.app.demo.Story;
import dev.weir.app.driver.DriverClock;
import dev.weir.app.flights.FlightFile;
import dev.weir.app.stack.Stack;
import dev.weir.app.stack.StackSettings;
import dev.weir.contracts.policy.PolicyReader;
import dev.weir.contracts.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole loop on a real broker, twice, on the same month of flights. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeLoopTest {
  private DemoReport report;
  private DemoReport again;

  @BeforeAll
  void playTwice(@TempDir Path directory) throws IOException, InterruptedException {
    report = play(directory.resolve("first"));
    again = play(directory.resolve("second"));
  }

  private static DemoReport play(Path directory) throws IOException, InterruptedException {
    StackSettings settings =
        new StackSettings(
            directory,
            Path.of(System.getProperty("weir.home"), "trainer", "target", "child.classpath"),
            SpecReader.parse("weir.yaml", resource("/flights/weir.yaml")),
            PolicyReader.parse("policy.yaml", resource("/flights/policy.yaml")),
            new DriverClock(Demo.START),
            true,
            List.of(Demo.TAMPERED_TOPIC));
    try (Stack stack = Stack.start(settings)) {
      return new Demo(stack, FlightFile.read(), Story.silent()).play();
    }
  }

  private static String resource(String name) throws IOException {
    try (var in = WholeLoopTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void eachFlightIsCountedOnce() {
    assertThat(report.events()).isEqualTo(9746);
    assertThat(report.duplicates()).isEqualTo(9746);
    assertThat(report.examples()).isEqualTo(7568);
    assertThat(report.neverLabelled()).isEqualTo(2178);
    assertThat(report.deadLetters()).isZero();
  }

  @Test
  void theFirstModelIsPromoted() {
    DemoReport.Version first = report.versions().get(0);
    assertThat(first.verdict()).isEqualTo("PASS");
    assertThat(first.promoted()).isTrue();
  }

  @Test
  void theDriftIsSeenBetweenThe12thAndThe13th() {
    assertThat(report.alarms()).isNotEmpty();
    assertThat(report.alarms().get(0).eventTime())
        .isBetween(Instant.parse("2014-01-12T20:00:00Z"), Instant.parse("2014-01-13T22:00:00Z"));
  }

  @Test
  void theRetrainedModelReplacesAndBeatsTheStaleOne() {
    DemoReport.Version second = report.versions().get(1);
    assertThat(second.verdict()).isEqualTo("PASS");
    assertThat(second.promoted()).isTrue();
    assertThat(report.brier()).isNotNull();
    assertThat(report.brier().gains().overStale().lower()).isPositive();
    assertThat(report.driftToServedSeconds()).isPositive();
  }

  @Test
  void theSabotagedCandidateIsBlockedForFairnessAndItsTwinPasses() {
    DemoReport.Version sabotaged =
        report.versions().stream().filter(DemoReport.Version::sabotaged).findFirst().orElseThrow();
    assertThat(sabotaged.verdict()).isEqualTo("BLOCK");
    assertThat(sabotaged.promoted()).isFalse();
    assertThat(sabotaged.reasons()).anyMatch(reason -> reason.contains("originSize=small"));
    assertThat(report.versions())
        .filteredOn(v -> v.requestId().equals("flights-honest-twin"))
        .extracting(DemoReport.Version::verdict)
        .containsExactly("PASS");
  }

  @Test
  void everyCertificateVerifies() {
    assertThat(report.certificatesVerified()).isEqualTo(report.versions().size());
  }

  @Test
  void twoRunsGiveTheSameVersionsFilesAlarmsAndVerdicts() {
    assertThat(again.alarms()).isEqualTo(report.alarms());
    assertThat(again.versions())
        .extracting(
            DemoReport.Version::version,
            DemoReport.Version::requestId,
            DemoReport.Version::verdict,
            DemoReport.Version::promoted,
            DemoReport.Version::onnxDigest)
        .isEqualTo(
            report.versions().stream()
                .map(
                    v ->
                        org.assertj.core.groups.Tuple.tuple(
                            v.version(), v.requestId(), v.verdict(), v.promoted(), v.onnxDigest()))
                .toList());
    assertThat(again.brier()).isEqualTo(report.brier());
  }
}
