package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First training at 3 examples, then 2 after an alarm, at most one an hour. */
class TriggerTest {
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
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
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
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
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
    pipeline.deploy("small", Deployment.Change.SHADOWED, 1, "small-0001");
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
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
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
    pipeline.deploy("small", Deployment.Change.PROMOTED, 3, "small-0003");
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
    pipeline.deploy("other", Deployment.Change.PROMOTED, 1, "small-0001");
    assertThat(isOpen()).isTrue();
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    assertThat(isOpen()).isFalse();
    pipeline.deploy("small", Deployment.Change.ROLLED_BACK, 1, "small-0002");
    assertThat(isOpen()).isFalse();
  }

  @Test
  void anotherModelsPromotionKeepsAnAlarm() {
    firstRequest();
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    alarm(100);
    pipeline.deploy("other", Deployment.Change.PROMOTED, 1, "other-0001");
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
        new Audit(
            requestId,
            "small",
            1,
            "run",
            verdict,
            PipelineDriver.CERTIFICATE,
            1,
            null,
            PipelineDriver.START);
    pipeline.send(Topics.AUDITS, "small", Json.write(audit));
  }

  private List<TrainingRequest> requests() {
    return pipeline.read(Topics.TRAINING_REQUESTS, TrainingRequest.class);
  }

  private static OffsetRange range(long from, long to) {
    return new OffsetRange(PipelineDriver.NAMES.of(Topics.EXAMPLES), 0, from, to);
  }
}
