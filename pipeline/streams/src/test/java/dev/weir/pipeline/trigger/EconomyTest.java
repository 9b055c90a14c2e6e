package dev.weir.pipeline.trigger;

import static dev.weir.pipeline.trigger.TriggerScene.alarm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A training is skipped where the last two gave less than 0.1 Brier points a kilojoule. */
class EconomyTest {
  private static final String TRIGGERS =
      """
      volume: {examples: 3, every: 10, window: 3}
      drift: {waitForExamples: 2, window: 3, cooldown: PT1H}
      fairness: {}
      economy: {minimumGainPerKilojoule: 0.1, over: 2, mostSkips: 2}
      """;

  private final TriggerScene scene = new TriggerScene(TRIGGERS);
  private int minute;

  @Test
  void aTrainingThatWouldNotPayIsSkippedAndSaysSo() {
    gave(0.004, 50);
    gave(0, 50);
    drift();
    assertThat(scene.decided.requests).isEmpty();
    Signal skip = scene.decided.skips.get(0);
    assertThat(skip.kind()).isEqualTo("economy");
    assertThat(skip.signal()).isEqualTo("drift");
    assertThat(skip.version()).isEqualTo(1);
    assertThat(skip.isAlarm()).isFalse();
    assertThat(skip.facts())
        .containsEntry("minimumGainPerKilojoule", 0.1)
        .containsEntry("gain", 0.004)
        .containsEntry("joules", 100.0)
        .containsEntry("isMeasured", 0.0)
        .containsEntry("skipsInARow", 1.0);
    assertThat(skip.facts().get("gainPerKilojoule")).isCloseTo(0.04, within(1e-12));
  }

  @Test
  void aTrainingThatPaysIsMade() {
    gave(0.011, 50);
    gave(0, 50);
    drift();
    assertThat(scene.decided.skips).isEmpty();
    assertThat(scene.decided.requests).hasSize(1);
  }

  @Test
  void withTooFewTrainingsNothingIsSkipped() {
    gave(0, 50);
    drift();
    assertThat(scene.decided.skips).isEmpty();
    assertThat(scene.decided.requests).hasSize(1);
  }

  @Test
  void aSkipTakesTheRequestsPlaceAndAfterSoManyOneIsMade() {
    gave(0, 50);
    gave(0, 50);
    drift();
    scene.tick(minute + 60, 1);
    assertThat(scene.decided.skips).hasSize(1);
    scene.tick(minute + 60, 1);
    assertThat(scene.decided.skips).hasSize(2);
    scene.tick(minute + 119, 2);
    assertThat(scene.decided.requests).isEmpty();
    scene.tick(minute + 120, 0);
    assertThat(scene.decided.skips).hasSize(2);
    assertThat(scene.decided.requests).hasSize(1);
    scene.blocked(scene.decided.requests.get(0).requestId());
    scene.tick(minute + 180, 2);
    assertThat(scene.decided.skips).hasSize(3);
  }

  @Test
  void fairnessAndOrdersAreNeverOutweighedByJoules() {
    gave(0, 50);
    gave(0, 50);
    minute += 60;
    scene.tick(minute, 0, alarm("fairness", "e", "sex"));
    scene.tick(minute + 1, 3);
    assertThat(scene.decided.skips).isEmpty();
    assertThat(scene.decided.requests).hasSize(1);
    scene.failed(scene.decided.requests.get(0).requestId());
    scene.order("o", null, null);
    assertThat(scene.decided.requests).hasSize(2);
  }

  @Test
  void trainingByNumberOfExamplesIsSkippedToo() {
    gave(0, 50);
    gave(0, 50);
    scene.tick(minute + 1, 10);
    assertThat(scene.decided.skips).extracting(Signal::signal).containsExactly("volume");
  }

  @Test
  void measuredAndEstimatedJoulesAreNotAddedUp() {
    gave(0, 50);
    gave(0, 50, "measured");
    drift();
    assertThat(scene.decided.skips).isEmpty();
    scene.blocked(scene.decided.requests.get(0).requestId());
    gave(0, 50, "measured");
    minute += 60;
    scene.tick(minute, 2);
    assertThat(scene.decided.skips).hasSize(1);
    assertThat(scene.decided.skips.get(0).facts()).containsAllEntriesOf(Map.of("isMeasured", 1.0));
  }

  @Test
  void aFirstVersionAndATrainingWithoutEnergySayNothing() {
    scene.tick(0, 3);
    scene.trained("small-0001", 50, "estimated");
    scene.promoted(1, "small-0001");
    scene.trained("x", 0, "estimated");
    scene.blocked("x");
    scene.failed("y");
    assertThat(scene.state().gains()).isEqualTo(Gains.none());
  }

  @Test
  void aTrainingCountsOnceHoweverOftenItIsTold() {
    scene.trained("x", 50, "estimated");
    scene.trained("x", 50, "estimated");
    scene.blocked("x");
    scene.trained("x", 50, "estimated");
    scene.blocked("x");
    assertThat(scene.state().gains().last()).hasSize(1);
    assertThat(scene.state().gains().spent()).isEmpty();
  }

  /** A training from its candidate to its end: promoted by a comparison, or blocked. */
  private void gave(double gain, double joules) {
    gave(gain, joules, "estimated");
  }

  private void gave(double gain, double joules, String method) {
    String id = "earlier-" + minute++;
    scene.trained(id, joules, method);
    if (gain > 0) {
      scene.deployed(Deployment.Change.PROMOTED, 1, id, new Deployment.Trial(300, gain, 21));
    } else {
      scene.deployed(Deployment.Change.ROLLED_BACK, 2, id, new Deployment.Trial(300, -0.01, 0.1));
    }
  }

  /** An alarm with all that a request needs. */
  private void drift() {
    minute += 60;
    scene.tick(minute, 0, alarm("drift", "adwin", "residual"));
    scene.tick(minute, 2);
  }
}
