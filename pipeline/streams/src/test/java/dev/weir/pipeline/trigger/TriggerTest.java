package dev.weir.pipeline.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.certificate.Envelope;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.OffsetRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** First training at 3 examples, then 2 after an alarm, at most one an hour. */
class TriggerTest {
  private static final String EXAMPLES = "weir.small.examples";
  private static final Envelope CERTIFICATE = new Envelope("type", "e30=", List.of());
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final ModelSpec spec =
      SpecReader.parse(
          "small.yaml",
          """
          model: small
          version: 1
          events:
            features: {topic: f, id: id, time: at}
            labels: {topic: l, id: id, time: at, value: late}
            labelWithin: PT2H
            maxAhead: P1D
          features:
            - {name: amount, type: number}
          training:
            network: {hidden: [4]}
          triggers:
            volume: {examples: 3}
            drift: {delta: 0.05, waitForExamples: 2, window: 3, cooldown: PT1H}
          """);
  private final List<Signal> alarms = new ArrayList<>();
  private final DecisionLog decisions = new DecisionLog();
  private final ExampleHistory history =
      new ExampleHistory(EXAMPLES, Trigger.longestWindow(spec), KeptNowhere.IT);
  private final Trigger trigger =
      new Trigger(
          spec,
          spec.model(),
          history,
          new Orders(spec.triggers().operator(), history, DecisionLog.forgetful()),
          decisions);
  private long offset;
  private long epoch;
  private long pending;
  private int minute;

  private enum KeptNowhere implements ExampleHistory.Journal {
    IT;

    @Override
    public void put(long epoch, EpochExamples examples) {}

    @Override
    public void delete(long epoch) {}
  }

  @Test
  void theVolumeTriggerFiresOnceOnTheFirstTickWithEnoughExamples() {
    examples(2);
    tick(1);
    examples(1);
    assertThat(requests()).isEmpty();
    tick(2);
    examples(5);
    tick(3);
    List<TrainingRequest> requests = requests();
    assertThat(requests).hasSize(1);
    TrainingRequest request = requests.get(0);
    assertThat(request.requestId()).isEqualTo("small-0001");
    assertThat(request.trigger()).isEqualTo("volume");
    assertThat(request.requestedAt()).isEqualTo(at(2));
    assertThat(request.training()).isEqualTo(request.evaluation()).containsExactly(range(0, 3));
  }

  @Test
  void theFirstRequestHasAllExamplesHoweverLateItsTickComes() {
    examples(50);
    tick(2);
    assertThat(requests().get(0).training()).containsExactly(range(0, 50));
  }

  @Test
  void theDriftTriggerWaitsForExamplesAndTakesTheLastWindow() {
    firstRequest();
    deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    examples(10);
    alarm(99);
    tick(99);
    examples(1);
    tick(100);
    assertThat(requests()).isEmpty();
    examples(1);
    tick(101);
    tick(500);
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
    tick(10);
    examples(2);
    tick(59);
    assertThat(requests()).isEmpty();
    tick(60);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void noSecondRequestIsMadeWhileOneIsOpen() {
    firstRequest();
    alarm(10);
    tick(10);
    examples(9);
    tick(500);
    candidate("small-0001", Candidate.Status.TRAINED);
    audit("small-0001", new Verdict.Pass(List.of()));
    deploy("small", Deployment.Change.SHADOWED, 1, "small-0001");
    tick(501);
    assertThat(requests()).isEmpty();
    assertThat(isOpen()).isTrue();
  }

  @Test
  void aFirstRequestInVainIsMadeAgainAfterAsManyExamples() {
    firstRequest();
    fail("small-0001");
    examples(2);
    tick(100);
    assertThat(requests()).isEmpty();
    examples(1);
    tick(101);
    TrainingRequest again = requests().get(0);
    assertThat(again.requestId()).isEqualTo("small-0002");
    assertThat(again.trigger()).isEqualTo("volume");
    assertThat(again.training()).containsExactly(range(0, 6));
    audit("small-0002", new Verdict.Block(List.of()));
    examples(3);
    tick(102);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void anAlarmIsAnsweredByAPromotionOnly() {
    firstRequest();
    deploy("small", Deployment.Change.PROMOTED, 1, "small-0001");
    alarm(10);
    tick(10);
    examples(2);
    tick(60);
    assertThat(requests()).hasSize(1);
    audit("small-0002", new Verdict.Block(List.of()));
    examples(1);
    tick(120);
    assertThat(requests()).isEmpty();
    examples(1);
    tick(121);
    assertThat(requests().get(0).trigger()).isEqualTo("drift");
    deploy("small", Deployment.Change.PROMOTED, 3, "small-0003");
    examples(9);
    tick(200);
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
    tick(100);
    deploy("other", Deployment.Change.PROMOTED, 1, "other-0001");
    examples(2);
    tick(200);
    assertThat(requests()).hasSize(1);
  }

  /** Asks by an alarm with all that a request needs: none comes while one is open. */
  private boolean isOpen() {
    minute += 130;
    alarm(minute);
    tick(minute);
    examples(2);
    tick(minute + 1);
    return requests().isEmpty();
  }

  private void firstRequest() {
    examples(3);
    tick(0);
    assertThat(requests()).hasSize(1);
  }

  /** They come to the trigger with the next tick. */
  private void examples(int count) {
    pending += count;
  }

  private void tick(int at) {
    SortedMap<Integer, List<ExampleRun>> runs = new TreeMap<>();
    if (pending > 0) {
      runs.put(0, List.of(new ExampleRun(offset, pending)));
      offset += pending;
      pending = 0;
    }
    trigger.examples(++epoch, new EpochExamples(runs, new TreeMap<>()));
    alarms.forEach(trigger::signal);
    alarms.clear();
    trigger.decide(at(at));
  }

  private static Instant at(int minute) {
    return START.plusSeconds(60L * minute);
  }

  private void deploy(String model, Deployment.Change change, int champion, String requestId) {
    Deployment.Slot slot = new Deployment.Slot(champion, "run", CERTIFICATE, START);
    trigger.deployment(
        new Deployment(model, 1, slot, null, change, champion, requestId, "r", START));
  }

  private void alarm(int minute) {
    Map<String, Double> facts = Map.of("meanBefore", 0.0, "meanAfter", 0.4);
    Signal signal = new Signal("small", 1, "drift", "adwin", "residual", true, at(minute), facts);
    alarms.add(signal);
  }

  private void fail(String requestId) {
    candidate(requestId, Candidate.Status.FAILED);
  }

  private void candidate(String requestId, Candidate.Status status) {
    TrainingRequest request =
        new TrainingRequest(requestId, "small", "d", "volume", "r", List.of(), List.of(), START, 1);
    Candidate candidate =
        new Candidate(request, status, 1, "run", "", "", Map.of(), "estimated", null, START);
    trigger.candidate(candidate);
  }

  private void audit(String requestId, Verdict verdict) {
    Audit audit = new Audit(requestId, "small", 1, "run", verdict, CERTIFICATE, 1, null, START);
    trigger.audit(audit);
  }

  private List<TrainingRequest> requests() {
    List<TrainingRequest> made = List.copyOf(decisions.requests);
    decisions.requests.clear();
    return made;
  }

  private static OffsetRange range(long from, long to) {
    return new OffsetRange(EXAMPLES, 0, from, to);
  }
}
