package dev.weir.pipeline.trigger;

import static dev.weir.pipeline.trigger.TriggerScene.alarm;
import static dev.weir.pipeline.trigger.TriggerScene.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.TrainingOrder;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** A trigger that is cut anywhere and goes on from what it kept decides as one that is not. */
class TriggerRestartTest {
  private static final String TRIGGERS =
      """
      volume: {examples: 10, every: 200, window: 12, cooldown: PT30M}
      drift: {signals: [residual, features], waitForExamples: 4, window: 8, cooldown: PT1H}
      performance: {waitForExamples: 5}
      fairness: {window: 16}
      schedule: {every: P1D, waitForExamples: 1, window: 5}
      operator: {minimumExamples: 3, cooldown: PT10M}
      economy: {minimumGainPerKilojoule: 0.1, over: 2, mostSkips: 1}
      """;

  @Test
  void aRestartBeforeAnyStepGivesTheSameRequestsSkipsAndAnswers() {
    TriggerScene whole = play(step -> false);
    assertThat(whole.decided.requests)
        .extracting(request -> request.trigger())
        .contains("volume", "drift", "performance", "fairness", "schedule", "operator");
    assertThat(whole.decided.skips).isNotEmpty();
    assertThat(whole.decided.answersAgain).isNotEmpty();
    assertThat(whole.decided.requests)
        .extracting(request -> request.requestId())
        .doesNotHaveDuplicates();
    for (int cut = 0; cut < whole.steps(); cut++) {
      int at = cut;
      assertThat(play(step -> step == at).decided.all)
          .as("cut before step " + at)
          .isEqualTo(whole.decided.all);
    }
    assertThat(play(step -> true).decided.all).isEqualTo(whole.decided.all);
  }

  private static TriggerScene play(IntPredicate restartsBefore) {
    TriggerScene scene = new TriggerScene(TRIGGERS, restartsBefore);
    scene.order("early", null, null);
    scene.tick(0, 4);
    scene.tick(5, 7);
    scene.trained("small-0001", 40, "estimated");
    scene.promoted(1, "small-0001");
    scene.tick(30, 1, alarm("performance", "brier", "brier"));
    scene.tick(70, 5);
    scene.order("in-vain", 9L, null);
    scene.trained("small-0002", 40, "estimated");
    scene.blocked("small-0002");
    scene.tick(81, 0);
    scene.order("a", null, null);
    scene.order("a", null, null);
    scene.tick(85, 2, alarm("fairness", "e", "sex"));
    scene.trained("small-order-a", 40, "estimated");
    scene.deployed(
        Deployment.Change.ROLLED_BACK, 3, "small-order-a", new Deployment.Trial(90, -0.1, 0.1));
    scene.tick(200, 6, alarm("drift", "ks", "amount"));
    scene.tick(201, 6);
    scene.tick(270, 6);
    scene.tick(340, 6);
    scene.trained("small-0004", 40, "estimated");
    scene.deployed(
        Deployment.Change.PROMOTED, 4, "small-0004", new Deployment.Trial(400, 0.02, 30));
    scene.order("b", null, new TrainingOrder.Span(List.of(range(20, 90)), 60));
    scene.order("a", null, null);
    scene.failed("small-order-b");
    scene.tick(1000, 20);
    scene.tick(1900, 20);
    scene.failed("small-0006");
    scene.tick(2000, 5, alarm("fairness", "e", "sex"));
    scene.tick(2100, 5);
    return scene;
  }
}
