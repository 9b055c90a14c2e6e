package dev.weir.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.app.demo.DemoReport;
import dev.weir.app.replay.Story;
import dev.weir.app.stack.Stack;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.serde.Json;
import dev.weir.testkit.await.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.common.errors.InterruptException;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole loop on a real broker, twice, on the same month of flights: once undisturbed, once with
 * bad records, a killed training child and a stop of everything in the middle of a tick.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeLoopTest {
  @TempDir static Path directory;
  private FlightsRun undisturbed;
  private FlightsRun disturbed;
  private DemoReport report;
  private boolean wasChildKilled;

  @BeforeAll
  void playTwice() throws IOException, InterruptedException {
    try (Stack stack = FlightsRun.start(directory.resolve("undisturbed"))) {
      undisturbed = FlightsRun.play(stack, Story.silent());
      report = undisturbed.report();
    }
    try (Stack stack = FlightsRun.start(directory.resolve("disturbed"))) {
      Disturbance disturbance = new Disturbance(stack, directory.resolve("disturbed"));
      assertThatThrownBy(() -> FlightsRun.play(stack, disturbance))
          .isInstanceOfAny(InterruptException.class, InterruptedException.class);
      Thread.interrupted();
      wasChildKilled = disturbance.hasKilled();
    }
    try (Stack stack = FlightsRun.start(directory.resolve("disturbed"))) {
      disturbed = FlightsRun.play(stack, Story.silent());
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
  void fromItsPromotionOnTheNewVersionDecides() {
    Instant swap = undisturbed.firstDecisionOf(2);
    Instant sabotage = Instant.parse("2014-01-20T00:00:00Z");
    assertThat(swap).isBetween(Instant.parse("2014-01-14T06:00:00Z"), sabotage);
    assertThat(undisturbed.deciding(Instant.EPOCH, swap)).containsOnly(1);
    assertThat(undisturbed.deciding(swap, sabotage)).containsOnly(2);
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
  void rareCarriersWarnWithTheRowsTheyNeedAndChangeNoVerdict() {
    DemoReport.Version first = report.versions().get(0);
    assertThat(first.verdict()).isEqualTo("PASS");
    assertThat(first.warnings())
        .singleElement()
        .asString()
        .contains("calibration by carrier", "INSUFFICIENT_EVIDENCE, rows still needed:", "HA ");
  }

  @Test
  void ratesOfEachGroupAreReported() {
    assertThat(report.versions().get(0).rates())
        .extracting(DemoReport.GroupRates::group)
        .containsExactly(
            "originSize=large",
            "originSize=small",
            "carrierClass=low-cost",
            "carrierClass=network",
            "carrierClass=regional");
  }

  @Test
  void everyCertificateVerifies() {
    assertThat(report.certificatesVerified()).isEqualTo(report.versions().size());
  }

  @Test
  void nothingThatWentWrongChangesAVersionAFileAnAlarmOrAVerdict() {
    assertThat(wasChildKilled).isTrue();
    DemoReport again = disturbed.report();
    assertThat(again.alarms()).isEqualTo(report.alarms());
    assertThat(decisions(again)).isEqualTo(decisions(report));
    assertThat(again.brier()).isEqualTo(report.brier());
    assertThat(again.certificatesVerified()).isEqualTo(report.certificatesVerified());
  }

  @Test
  void theKilledChildsJobWasTriedAgain() {
    assertThat(undisturbed.attempts()).containsOnly(1.0);
    assertThat(disturbed.attempts().get(0)).isEqualTo(2.0);
  }

  @Test
  void nothingThatWentWrongChangesAnExample() {
    assertThat(undisturbed.examples()).hasSize(7568);
    assertThat(disturbed.examples()).isEqualTo(undisturbed.examples());
  }

  @Test
  void everyBadRecordIsCountedWithItsReason() {
    assertThat(disturbed.counts()).containsAllEntriesOf(Disturbance.COUNTS);
    assertThat(disturbed.report().neverLabelled()).isEqualTo(report.neverLabelled());
    assertThat(undisturbed.counts()).doesNotContainKeys("deadLetters", "orphan");
  }

  private static List<Tuple> decisions(DemoReport report) {
    return report.versions().stream()
        .map(
            v ->
                tuple(
                    v.version(),
                    v.requestId(),
                    v.verdict(),
                    v.promoted(),
                    v.onnxDigest(),
                    v.reasons()))
        .toList();
  }

  @Test
  void aFlippedByteOfTheModelIsRefusedAndNothingOlderComesBack() throws Exception {
    Path data = directory.resolve("undisturbed");
    Path model = Tampering.fileWithDigest(data.resolve("registry"), lastPromoted().onnxDigest());
    Tampering.flip(model);
    try (Stack stack = FlightsRun.start(data)) {
      assertThat(stack.servingVersion()).isEmpty();
    }
    Tampering.flip(model);
    try (Stack stack = FlightsRun.start(data)) {
      assertThat(stack.servingVersion()).hasValue(lastPromoted().version());
    }
  }

  @Test
  void aFlippedByteOfTheCertificateIsRefused() throws Exception {
    Path data = directory.resolve("disturbed");
    try (Stack stack = FlightsRun.start(data)) {
      Deployment last = Tampering.lastDeployment(stack);
      Tampering.announce(stack, last, Tampering.withFlippedPayload(last.champion().certificate()));
    }
    try (Stack stack = FlightsRun.start(data)) {
      assertThat(stack.servingVersion()).isEmpty();
      Deployment last = Tampering.lastDeployment(stack);
      Tampering.announce(stack, last, Tampering.withFlippedPayload(last.champion().certificate()));
      Await.until(
          Duration.ofSeconds(20),
          () -> stack.servingVersion().equals(OptionalInt.of(lastPromoted().version())),
          () -> "the untouched certificate serves again");
    }
  }

  @Test
  void verifyNamesWhatWasFlipped() throws Exception {
    Path data = directory.resolve("undisturbed");
    Path ledger = directory.resolve("ledger.jsonl");
    Path certificate = directory.resolve("certificate.json");
    try (Stack stack = FlightsRun.start(data)) {
      stack.exportLedger(ledger);
      Deployment.Slot champion = Tampering.lastDeployment(stack).champion();
      Files.write(certificate, Json.write(champion.certificate()));
    }
    Path key = data.resolve("keys").resolve("auditor.pub.pem");
    Path model = Tampering.fileWithDigest(data.resolve("registry"), lastPromoted().onnxDigest());
    List<String> ledgerArguments = List.of("--ledger", ledger.toString());
    List<String> certificateArguments =
        List.of(
            "--certificate", certificate.toString(),
            "--key", key.toString(),
            "--model", model.toString());
    assertThat(Verification.of(ledgerArguments).exitCode()).isZero();
    assertThat(Verification.of(certificateArguments).exitCode()).isZero();

    Verification ofLedger = flipped(ledger, ledgerArguments);
    assertThat(ofLedger.exitCode()).isEqualTo(1);
    long intact = ofLedger.findings().get("ledgerRecordsIntact").asLong();
    assertThat(ofLedger.findings().get("ledger").asText()).contains("record " + intact);
    Verification ofModel = flipped(model, certificateArguments);
    assertThat(ofModel.exitCode()).isEqualTo(1);
    assertThat(ofModel.findings().get("model.onnx").asText()).contains("certified is");
    Verification ofCertificate = flipped(certificate, certificateArguments);
    assertThat(ofCertificate.exitCode()).isEqualTo(1);
    assertThat(ofCertificate.findings().has("certificate")).isTrue();
  }

  private static Verification flipped(Path file, List<String> arguments) throws IOException {
    Tampering.flip(file);
    try {
      return Verification.of(arguments);
    } finally {
      Tampering.flip(file);
    }
  }

  private DemoReport.Version lastPromoted() {
    return report.versions().stream()
        .filter(DemoReport.Version::promoted)
        .reduce((a, b) -> b)
        .orElseThrow();
  }
}
