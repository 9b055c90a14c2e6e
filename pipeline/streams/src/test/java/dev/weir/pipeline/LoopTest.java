package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes, alarms and requests; first training at 3 examples, then 2 after an alarm, 1 hour. */
class LoopTest {
  private static final Envelope CERTIFICATE = new Envelope("type", "e30=", List.of());

  @TempDir Path directory;
  private PipelineDriver pipeline;
  private int examples;
  private int minute;

  @BeforeEach
  void start() {
    pipeline = new PipelineDriver(directory);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void outcomesAreOncePerVersionAndRoleInEitherOrder() {
    for (String id : List.of("a", "b")) {
      pipeline.feature(id, 0);
      if (id.equals("b")) {
        pipeline.label(id, 30, 1);
      }
      for (int copy = 0; copy < 2; copy++) {
        pipeline.predict(id, 1, ServingRole.CHAMPION, 0.7);
        pipeline.predict(id, 2, ServingRole.SHADOW, 0.7);
        pipeline.predict(id, 2, ServingRole.CHAMPION, 0.7);
      }
      pipeline.label(id, 30, 1);
      assertThat(pipeline.read(Topics.OUTCOMES, Outcome.class))
          .as(id)
          .allMatch(o -> o.label() == 1 && o.labelTime().equals(PipelineDriver.at(30)))
          .extracting(o -> id + o.prediction().version() + o.prediction().role())
          .containsExactlyInAnyOrder(id + "1CHAMPION", id + "2SHADOW", id + "2CHAMPION");
    }
  }

  @Test
  void aCopyOfAnExampleGivesNoSecondOutcome() {
    pipeline.feature("a", 0);
    pipeline.predict("a", 1, ServingRole.CHAMPION, 0.7);
    pipeline.label("a", 30, 1);
    TestRecord<byte[], byte[]> example = pipeline.read(Topics.EXAMPLES).get(0);
    pipeline.send(Topics.EXAMPLES, "a", example.value());
    assertThat(pipeline.read(Topics.OUTCOMES)).hasSize(1);
  }

  @Test
  void aShiftedResidualOfTheChampionIsAnAlarm() {
    deploy("small", Deployment.Change.PROMOTED, 1, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.5);
    assertThat(pipeline.read(Topics.SIGNALS)).isEmpty();
    outcomes(200, 1, ServingRole.CHAMPION, 0.9);
    List<Signal> signals = pipeline.read(Topics.SIGNALS, Signal.class);
    assertThat(signals).isNotEmpty();
    Signal first = signals.get(0);
    assertThat(first.isAlarm()).isTrue();
    assertThat(first.version()).isEqualTo(1);
    assertThat(first.facts().get("meanAfter")).isGreaterThan(first.facts().get("meanBefore"));
  }

  @Test
  void theSameShiftOfAShadowOrOfAnotherVersionIsNone() {
    deploy("small", Deployment.Change.PROMOTED, 1, "r");
    outcomes(200, 1, ServingRole.SHADOW, 0.5);
    outcomes(200, 1, ServingRole.SHADOW, 0.9);
    outcomes(200, 2, ServingRole.CHAMPION, 0.5);
    outcomes(200, 2, ServingRole.CHAMPION, 0.9);
    assertThat(pipeline.read(Topics.SIGNALS)).isEmpty();
  }

  @Test
  void aNewChampionBeginsAnew() {
    deploy("small", Deployment.Change.PROMOTED, 1, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.5);
    deploy("small", Deployment.Change.PROMOTED, 2, "r");
    outcomes(200, 2, ServingRole.CHAMPION, 0.9);
    deploy("small", Deployment.Change.ROLLED_BACK, 1, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.5);
    assertThat(pipeline.read(Topics.SIGNALS)).isEmpty();
  }

  @Test
  void aDeploymentOfTheSameChampionOrOfAnotherModelKeepsTheWindow() {
    deploy("small", Deployment.Change.PROMOTED, 1, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.5);
    deploy("small", Deployment.Change.SHADOWED, 1, "r");
    deploy("other", Deployment.Change.PROMOTED, 2, "r");
    outcomes(200, 1, ServingRole.CHAMPION, 0.9);
    assertThat(pipeline.read(Topics.SIGNALS)).isNotEmpty();
  }

  @Test
  void theVolumeTriggerFiresOnceOnTheFirstTickWithEnoughExamples() {
    examples(2);
    pipeline.tick(1);
    examples(1);
    assertThat(requests()).isEmpty();
    pipeline.tick(2);
    examples(5);
    pipeline.tick(3);
    List<TrainingRequest> requests = requests();
    assertThat(requests).hasSize(1);
    TrainingRequest request = requests.get(0);
    assertThat(request.requestId()).isEqualTo("small-0001");
    assertThat(request.trigger()).isEqualTo("volume");
    assertThat(request.requestedAt()).isEqualTo(PipelineDriver.at(2));
    assertThat(request.training()).isEqualTo(request.evaluation()).containsExactly(range(0, 3));
  }

  @Test
  void theFirstRequestHasAllExamplesHoweverLateItsTickComes() {
    examples(50);
    pipeline.tick(2);
    assertThat(requests().get(0).training()).containsExactly(range(0, 50));
  }

  @Test
  void theDriftTriggerWaitsForExamplesAndTakesTheLastWindow() {
    firstRequest();
    deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    examples(10);
    alarm(100);
    examples(1);
    pipeline.tick(100);
    assertThat(requests()).isEmpty();
    examples(1);
    pipeline.tick(101);
    pipeline.tick(500);
    List<TrainingRequest> requests = requests();
    assertThat(requests).hasSize(1);
    TrainingRequest request = requests.get(0);
    assertThat(request.requestId()).isEqualTo("small-0002");
    assertThat(request.trigger()).isEqualTo("drift");
    assertThat(request.reason()).contains("adwin").contains("2 examples since");
    assertThat(request.training()).containsExactly(range(12, 15));
  }

  @Test
  void aRequestWaitsForTheCooldown() {
    firstRequest();
    deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    alarm(10);
    examples(2);
    pipeline.tick(59);
    assertThat(requests()).isEmpty();
    pipeline.tick(60);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void noSecondRequestIsMadeWhileOneIsOpen() {
    firstRequest();
    alarm(10);
    examples(9);
    pipeline.tick(500);
    candidate("small-0001", Candidate.Status.TRAINED);
    audit("small-0001", new Verdict.Pass(List.of()));
    deploy("small", Deployment.Change.SHADOWED, 1, "small-0001");
    pipeline.tick(501);
    assertThat(requests()).isEmpty();
    assertThat(isOpen()).isTrue();
  }

  @Test
  void aFirstRequestInVainIsMadeAgainAfterAsManyExamples() {
    firstRequest();
    fail("small-0001");
    examples(2);
    pipeline.tick(100);
    assertThat(requests()).isEmpty();
    examples(1);
    pipeline.tick(101);
    TrainingRequest again = requests().get(0);
    assertThat(again.requestId()).isEqualTo("small-0002");
    assertThat(again.trigger()).isEqualTo("volume");
    assertThat(again.training()).containsExactly(range(0, 6));
    audit("small-0002", new Verdict.Block(List.of()));
    examples(3);
    pipeline.tick(102);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void anAlarmIsAnsweredByAPromotionOnly() {
    firstRequest();
    deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    alarm(10);
    examples(2);
    pipeline.tick(60);
    assertThat(requests()).hasSize(1);
    audit("small-0002", new Verdict.Block(List.of()));
    examples(1);
    pipeline.tick(120);
    assertThat(requests()).isEmpty();
    examples(1);
    pipeline.tick(121);
    assertThat(requests().get(0).trigger()).isEqualTo("drift");
    deploy("small", Deployment.Change.PROMOTED, 3, "small-0003");
    examples(9);
    pipeline.tick(200);
    assertThat(requests()).isEmpty();
  }

  @Test
  void aFailedCandidateClosesARequest() {
    firstRequest();
    fail("small-0009");
    assertThat(isOpen()).isTrue();
    fail("small-0001");
    assertThat(isOpen()).isFalse();
  }

  @Test
  void anAuditThatBlocksOrLacksEvidenceClosesARequest() {
    firstRequest();
    audit("small-0009", new Verdict.Block(List.of()));
    assertThat(isOpen()).isTrue();
    audit("small-0001", new Verdict.Block(List.of()));
    assertThat(isOpen()).isFalse();
    audit("small-0002", new Verdict.InsufficientEvidence(List.of()));
    assertThat(isOpen()).isFalse();
  }

  @Test
  void aPromotionOrARollbackClosesARequest() {
    firstRequest();
    deploy("other", Deployment.Change.PROMOTED, 1, "small-0001");
    assertThat(isOpen()).isTrue();
    deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    assertThat(isOpen()).isFalse();
    deploy("small", Deployment.Change.ROLLED_BACK, 1, "small-0002");
    assertThat(isOpen()).isFalse();
  }

  @Test
  void anotherModelsPromotionKeepsAnAlarm() {
    firstRequest();
    deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    alarm(100);
    deploy("other", Deployment.Change.PROMOTED, 1, "other-0001");
    examples(2);
    pipeline.tick(200);
    assertThat(requests()).hasSize(1);
  }

  /** Asks by an alarm with all that a request needs: none comes while one is open. */
  private boolean isOpen() {
    minute += 130;
    alarm(minute);
    examples(2);
    pipeline.tick(minute);
    return requests().isEmpty();
  }

  private void firstRequest() {
    examples(3);
    pipeline.tick(0);
    assertThat(requests()).hasSize(1);
  }

  private void examples(int count) {
    for (int i = 0; i < count; i++) {
      String id = "e" + examples++;
      pipeline.feature(id, minute);
      pipeline.label(id, minute + 10, 1);
    }
  }

  private void outcomes(int count, int version, ServingRole role, double probability) {
    for (int i = 0; i < count; i++) {
      String id = "o" + examples++;
      pipeline.predict(id, version, role, probability);
      pipeline.feature(id, 0);
      pipeline.label(id, 10, i % 2);
    }
  }

  private void alarm(int minute) {
    Map<String, Double> facts = Map.of("meanBefore", 0.0, "meanAfter", 0.4);
    Signal signal =
        new Signal(
            "small", 1, "drift", "adwin", "residual", true, PipelineDriver.at(minute), facts);
    pipeline.send(Topics.SIGNALS, "small", Json.write(signal));
  }

  private void fail(String requestId) {
    candidate(requestId, Candidate.Status.FAILED);
  }

  private void candidate(String requestId, Candidate.Status status) {
    TrainingRequest request =
        new TrainingRequest(
            requestId, "small", "d", "volume", "r", List.of(), List.of(), PipelineDriver.START, 1);
    Candidate candidate =
        new Candidate(
            request, status, 1, "run", "", "", Map.of(), "estimated", null, PipelineDriver.START);
    pipeline.send(Topics.CANDIDATES, "small", Json.write(candidate));
  }

  private void audit(String requestId, Verdict verdict) {
    Audit audit =
        new Audit(requestId, "small", 1, "run", verdict, CERTIFICATE, PipelineDriver.START);
    pipeline.send(Topics.AUDITS, "small", Json.write(audit));
  }

  private void deploy(String model, Deployment.Change change, int champion, String requestId) {
    Deployment.Slot slot = new Deployment.Slot(champion, "run", CERTIFICATE, PipelineDriver.START);
    Deployment deployment =
        new Deployment(
            model, 1, slot, null, change, champion, requestId, "r", PipelineDriver.START);
    pipeline.send(Topics.DEPLOYMENTS, model, Json.write(deployment));
  }

  private List<TrainingRequest> requests() {
    return pipeline.read(Topics.TRAINING_REQUESTS, TrainingRequest.class);
  }

  private static OffsetRange range(long from, long to) {
    return new OffsetRange(PipelineDriver.NAMES.of(Topics.EXAMPLES), 0, from, to);
  }
}
