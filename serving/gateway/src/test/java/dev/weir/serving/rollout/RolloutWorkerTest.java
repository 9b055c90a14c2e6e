package dev.weir.serving.rollout;

import static dev.weir.serving.Models.MODEL;
import static dev.weir.serving.Models.SPEC;
import static dev.weir.serving.Models.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Deployment.Change;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.policy.Gate;
import dev.weir.contracts.policy.GateResult;
import dev.weir.contracts.policy.Metric;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import dev.weir.serving.Models;
import dev.weir.serving.Records;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutWorkerTest {
  private final Models models = new Models();
  private final Records records = new Records();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final RolloutWorker worker =
      new RolloutWorker(
          Records.PREFIX,
          List.of(SPEC),
          models.loader(),
          records,
          deployment -> {
            throw new IOException("no registry");
          },
          meters);
  private int ticks;
  private int events;

  @Test
  void firstCertifiedVersionIsPromotedAtTheNextTick() {
    audit(1, new Verdict.Pass(List.of()));
    worker.handle(records.poll());
    assertThat(changes()).isEmpty();
    tick();
    assertThat(changes()).containsExactly(Change.PROMOTED);
    assertThat(last().champion().version()).isEqualTo(1);
    assertThat(last().champion().since()).isEqualTo(START.plus(Duration.ofHours(1)));
    LedgerEntry entry =
        Json.read(records.sent.get(Topics.LEDGER_ENTRIES).get(0), LedgerEntry.class);
    assertThat(entry.facts().path("change").asText()).isEqualTo("PROMOTED");
    assertThat(meters.counter("weir.serving.registry.failures", "model", MODEL).count()).isOne();
  }

  @Test
  void blockedAuditIsRefusedAndChangesNothing() {
    promoteFirst();
    GateResult gate =
        new GateResult(
            "fair",
            Metric.BRIER_DIFFERENCE,
            "small",
            9,
            0.1,
            0.0,
            0.2,
            "< 0.03",
            Gate.Severity.BLOCK,
            GateResult.Answer.BLOCK,
            false,
            null,
            "small airports lose");
    audit(2, new Verdict.Block(List.of(gate)));
    tick();
    assertThat(last().change()).isEqualTo(Change.REFUSED);
    assertThat(last().reason()).contains("small airports lose");
    assertThat(last().champion().version()).isEqualTo(1);
    assertThat(last().challenger()).isNull();
  }

  @Test
  void flippedByteIsRefusedByTheCertificate() {
    promoteFirst();
    audit(2, new Verdict.Pass(List.of()));
    models.flip(2);
    tick();
    assertThat(last().change()).isEqualTo(Change.REFUSED);
    assertThat(last().reason()).contains("certificate refused", "model.onnx has sha256");
  }

  @Test
  void betterChallengerIsPromotedByEvidence() {
    shadowSecond();
    for (int i = 0; i < 60; i++) {
      outcome(0.6, 0.1);
    }
    tick();
    assertThat(last().change()).isEqualTo(Change.PROMOTED);
    assertThat(last().champion().version()).isEqualTo(2);
    assertThat(last().challenger()).isNull();
    assertThat(last().reason()).contains("e = ");
    assertThat(last().requestId()).isEqualTo("request-2");
    assertThat(last().trial().eValue()).isGreaterThanOrEqualTo(20);
    assertThat(last().trial().pairs()).isLessThanOrEqualTo(60);
    assertThat(last().trial().meanGain()).isCloseTo(0.6 * 0.6 - 0.1 * 0.1, within(1e-12));
  }

  @Test
  void aChampionOfAnotherSpecThanTheFormerNamesItUntilTheNextPromotion() {
    promoteFirst();
    records.with(Topics.AUDITS, Json.write(passOf(models.version(2, 0.1, "next"))));
    tick();
    for (int i = 0; i < 60; i++) {
      outcome(0.6, 0.1);
    }
    tick();
    assertThat(last().change()).isEqualTo(Change.PROMOTED);
    assertThat(last().predecessor().version()).isEqualTo(1);

    records.with(Topics.AUDITS, Json.write(passOf(models.version(3, 0.1, "next"))));
    tick();
    assertThat(last().change()).isEqualTo(Change.SHADOWED);
    assertThat(last().predecessor().version()).isEqualTo(1);
  }

  @Test
  void challengerThatIsNotBetterIsRolledBack() {
    shadowSecond();
    for (int i = 0; i < 201; i++) {
      outcome(0.3, 0.3);
    }
    tick();
    assertThat(last().change()).isEqualTo(Change.ROLLED_BACK);
    assertThat(last().champion().version()).isEqualTo(1);
    assertThat(last().challenger()).isNull();
    assertThat(last().trial().meanGain()).isZero();
  }

  @Test
  void outcomesBeforeTheShadowBeganDoNotCount() {
    shadowSecond();
    Instant before = START.plus(Duration.ofMinutes(90));
    for (int i = 0; i < 60; i++) {
      outcome("early" + i, before, 0.6, 0.1);
    }
    tick();
    assertThat(last().change()).isEqualTo(Change.SHADOWED);
  }

  @Test
  void newerCandidateReplacesTheOneInShadow() {
    shadowSecond();
    audit(3, new Verdict.Pass(List.of()));
    tick();
    assertThat(changes())
        .containsExactly(Change.PROMOTED, Change.SHADOWED, Change.ROLLED_BACK, Change.SHADOWED);
    assertThat(last().challenger().version()).isEqualTo(3);
  }

  @Test
  void anAuditIsAppliedOnce() {
    shadowSecond();
    records.with(Topics.AUDITS, Json.write(passOf(models.version(2, 0.2))));
    tick();
    assertThat(changes()).containsExactly(Change.PROMOTED, Change.SHADOWED);
  }

  @Test
  void filesThatCannotBeHadAreAskedForAgain() {
    Deployment.Slot slot = models.version(1, 0.1);
    models.remove(1);
    records.with(Topics.AUDITS, Json.write(passOf(slot)));
    tick();
    assertThat(changes()).isEmpty();
    models.version(1, 0.1);
    tick();
    assertThat(changes()).containsExactly(Change.PROMOTED);
  }

  private void promoteFirst() {
    audit(1, new Verdict.Pass(List.of()));
    tick();
  }

  private void shadowSecond() {
    promoteFirst();
    audit(2, new Verdict.Pass(List.of()));
    tick();
    assertThat(last().change()).isEqualTo(Change.SHADOWED);
  }

  private void audit(int version, Verdict verdict) {
    Deployment.Slot slot = models.version(version, 0.1);
    Audit audit =
        new Audit(
            "request-" + version,
            MODEL,
            version,
            slot.runId(),
            verdict,
            slot.certificate(),
            1,
            null,
            START);
    records.with(Topics.AUDITS, Json.write(audit));
  }

  private static Audit passOf(Deployment.Slot slot) {
    return new Audit(
        "request-" + slot.version(),
        MODEL,
        slot.version(),
        slot.runId(),
        new Verdict.Pass(List.of()),
        slot.certificate(),
        1,
        null,
        START);
  }

  private void outcome(double champion, double challenger) {
    outcome("e" + events++, START.plus(Duration.ofHours(5)), champion, challenger);
  }

  private void outcome(String id, Instant at, double champion, double challenger) {
    add(new Prediction(id, at, 1, ServingRole.CHAMPION, champion, Origin.STREAM, null));
    add(new Prediction(id, at, 2, ServingRole.SHADOW, challenger, Origin.STREAM, null));
  }

  private void add(Prediction prediction) {
    Outcome outcome =
        new Outcome(
            prediction, 0, prediction.eventTime().plus(Duration.ofHours(1)), java.util.Map.of());
    records.with(Topics.OUTCOMES, Json.write(outcome));
  }

  private void tick() {
    ticks++;
    Tick tick = new Tick(ticks, START.plus(Duration.ofHours(ticks)));
    worker.handle(records.with(Topics.TICKS, Json.write(tick)).poll());
  }

  private List<Deployment> deployments() {
    return records.sent.getOrDefault(Topics.DEPLOYMENTS, List.of()).stream()
        .map(json -> Json.read(json, Deployment.class))
        .toList();
  }

  private List<Change> changes() {
    return deployments().stream().map(Deployment::change).toList();
  }

  private Deployment last() {
    List<Deployment> all = deployments();
    return all.get(all.size() - 1);
  }
}
