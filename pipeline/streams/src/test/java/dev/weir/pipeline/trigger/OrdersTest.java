package dev.weir.pipeline.trigger;

import static dev.weir.pipeline.trigger.TriggerScene.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.OrderAnswer.Decision;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.topic.OffsetRange;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Orders by hand: of at least 4 examples, at most one in an hour. */
class OrdersTest {
  private static final String TRIGGERS =
      """
      volume: {examples: 10}
      drift: {window: 6}
      operator: {minimumExamples: 4, cooldown: PT1H}
      """;

  private final TriggerScene scene = new TriggerScene(TRIGGERS);

  @Test
  void anAcceptedOrderIsARequestAtOnceWithTheOrderAsEvidence() {
    serving(20);
    scene.order("o", null, null);
    TrainingRequest request = scene.decided.requests.get(0);
    assertThat(request.requestId()).isEqualTo("small-order-o");
    assertThat(request.trigger()).isEqualTo("operator");
    assertThat(request.reason()).isEqualTo("why (ann); 6 examples");
    assertThat(request.training()).isEqualTo(request.evaluation()).containsExactly(range(14, 20));
    assertThat(request.requestedAt()).isEqualTo(TriggerScene.at(60));
    assertThat(request.evidence().order().orderId()).isEqualTo("o");
    OrderAnswer answer = scene.decided.answers.get(0);
    assertThat(answer.decision()).isEqualTo(Decision.ACCEPTED);
    assertThat(answer.requestId()).isEqualTo(request.requestId());
    assertThat(answer.training()).isEqualTo(request.training());
    scene.order("other", null, null);
    assertThat(last().decision()).isEqualTo(Decision.REQUEST_OPEN);
    assertThat(last().reason()).contains("small-order-o");
    assertThat(scene.decided.requests).hasSize(1);
  }

  @Test
  void anOrderThatComesAgainIsNoSecondRequestAndHasTheSameAnswer() {
    serving(20);
    scene.order("o", null, null);
    scene.restart();
    scene.order("o", null, null);
    scene.blocked("small-order-o");
    scene.tick(500, 20);
    scene.order("o", null, null);
    assertThat(scene.decided.requests).hasSize(1);
    assertThat(scene.decided.answersAgain)
        .containsExactly(scene.decided.answers.get(0), scene.decided.answers.get(0));
  }

  @Test
  void anOrderThatWasRefusedMayBeGivenAgain() {
    serving(20);
    scene.order("o", null, null);
    scene.order("p", null, null);
    scene.blocked("small-order-o");
    scene.tick(120, 0);
    scene.order("p", null, null);
    assertThat(last().decision()).isEqualTo(Decision.ACCEPTED);
    assertThat(scene.decided.requests)
        .extracting(TrainingRequest::requestId)
        .containsExactly("small-order-o", "small-order-p");
    assertThat(scene.decided.requests).extracting(TrainingRequest::seed).doesNotHaveDuplicates();
  }

  @Test
  void anOrderWaitsForTheCooldown() {
    serving(20);
    scene.order("o", null, null);
    scene.failed("small-order-o");
    scene.tick(119, 0);
    scene.order("p", null, null);
    assertThat(last().decision()).isEqualTo(Decision.COOLING_DOWN);
    scene.tick(120, 0);
    scene.order("p", null, null);
    assertThat(last().isAccepted()).isTrue();
  }

  @Test
  void anOrderOfTooFewExamplesIsRefused() {
    scene.order("o", null, null);
    assertThat(last().decision()).isEqualTo(Decision.TOO_FEW_EXAMPLES);
    assertThat(last().reason()).isEqualTo("0 examples, the spec asks for 4");
    scene.tick(1, 9);
    scene.order("o", 3L, null);
    assertThat(last().decision()).isEqualTo(Decision.TOO_FEW_EXAMPLES);
    scene.order("o", 4L, null);
    assertThat(scene.decided.requests.get(0).training()).containsExactly(range(5, 9));
  }

  @Test
  void whileNothingServesAnOrderIsForAllExamples() {
    scene.tick(1, 9);
    scene.order("o", null, null);
    assertThat(scene.decided.requests.get(0).training()).containsExactly(range(0, 9));
  }

  @Test
  void moreThanThereAreIsAllThatThereAre() {
    scene.tick(1, 9);
    scene.order("o", 900L, null);
    assertThat(scene.decided.requests.get(0).training()).containsExactly(range(0, 9));
    assertThat(last().reason()).isEqualTo("9 examples");
  }

  @Test
  void anOrderOfMoreThanIsKeptIsRefused() {
    serving(10);
    for (int minute = 61; minute < 80; minute++) {
      scene.tick(minute, 1);
    }
    scene.order("o", 11L, null);
    assertThat(last().decision()).isEqualTo(Decision.NOT_KEPT);
    assertThat(last().reason()).contains("the last 10 examples").contains("not of 11");
    scene.order("o", 10L, null);
    assertThat(last().isAccepted()).isTrue();
  }

  @Test
  void anOrderMayNameItsExamplesByOffsetsUpToTheLastTick() {
    serving(20);
    scene.order("o", null, span(5, range(3, 8), new OffsetRange("weir.small.examples", 1, 0, 1)));
    assertThat(last().decision()).isEqualTo(Decision.OUT_OF_RANGE);
    scene.order("o", null, span(9, range(20, 29)));
    assertThat(last().decision()).isEqualTo(Decision.OUT_OF_RANGE);
    scene.order("o", null, span(3, range(3, 8)));
    assertThat(last().decision()).isEqualTo(Decision.TOO_FEW_EXAMPLES);
    scene.order("o", null, span(9, range(18, 27)));
    assertThat(last().decision()).isEqualTo(Decision.TOO_FEW_EXAMPLES);
    scene.order("o", null, span(12, range(15, 27)));
    assertThat(scene.decided.requests.get(0).training()).containsExactly(range(15, 20));
  }

  @Test
  void theOldestOfManyAcceptedOrdersIsForgotten() {
    serving(20);
    for (int i = 0; i <= Orders.REMEMBERED; i++) {
      scene.order("o" + i, null, null);
      scene.failed("small-order-o" + i);
      scene.tick(60 * (i + 2), 0);
    }
    assertThat(scene.decided.requests).hasSize(Orders.REMEMBERED + 1);
    scene.restart();
    scene.order("o1", null, null);
    assertThat(scene.decided.answersAgain).hasSize(1);
    scene.order("o0", null, null);
    assertThat(scene.decided.answersAgain).hasSize(1);
  }

  private void serving(int examples) {
    scene.promoted(1, "of an earlier life");
    scene.tick(60, examples);
    scene.decided.requests.clear();
  }

  private static TrainingOrder.Span span(long examples, OffsetRange... ranges) {
    return new TrainingOrder.Span(List.of(ranges), examples);
  }

  private OrderAnswer last() {
    return scene.decided.answers.get(scene.decided.answers.size() - 1);
  }
}
