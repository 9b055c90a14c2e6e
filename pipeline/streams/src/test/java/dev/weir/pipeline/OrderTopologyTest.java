package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.control.OrderAnswer;
import dev.weir.contracts.control.OrderAnswer.Decision;
import dev.weir.contracts.control.TrainingOrder;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.Topics;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order by hand, through the topology. */
class OrderTopologyTest {
  @TempDir Path directory;
  private PipelineDriver pipeline;

  @BeforeEach
  void start() {
    pipeline = new PipelineDriver(directory);
  }

  @AfterEach
  void stop() {
    pipeline.close();
  }

  @Test
  void anOrderIsAnsweredBeforeThereIsAnyTick() {
    order("o", "small");
    OrderAnswer answer = pipeline.read(Topics.ORDER_ANSWERS, OrderAnswer.class).get(0);
    assertThat(answer.decision()).isEqualTo(Decision.TOO_FEW_EXAMPLES);
    assertThat(pipeline.counts()).containsEntry("ordersRefused", 1L);
  }

  @Test
  void anAcceptedOrderIsOneRequestOneAnswerAndOneEntryForTheLedger() {
    twoExamplesAndATickFor("a", "b", 20);
    order("o", "small");
    assertThat(pipeline.read(Topics.TRAINING_REQUESTS)).isEmpty();
    twoExamplesAndATickFor("c", "d", 30);
    TrainingRequest first = pipeline.read(Topics.TRAINING_REQUESTS, TrainingRequest.class).get(0);
    assertThat(first.trigger()).isEqualTo("volume");
    pipeline.deploy("small", Deployment.Change.PROMOTED, 1, first.requestId());
    pipeline.tick(40);
    pipeline.read(Topics.ORDER_ANSWERS);
    pipeline.read(Topics.LEDGER_ENTRIES);

    order("o", "small");
    order("o", "small");

    List<TrainingRequest> requests = pipeline.read(Topics.TRAINING_REQUESTS, TrainingRequest.class);
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).requestId()).isEqualTo("small-order-o");
    assertThat(requests.get(0).training())
        .containsExactly(new OffsetRange("weir.small.examples", 0, 1, 4));
    List<OrderAnswer> answers = pipeline.read(Topics.ORDER_ANSWERS, OrderAnswer.class);
    assertThat(answers).hasSize(2);
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.get(0).decision()).isEqualTo(Decision.ACCEPTED);
    List<LedgerEntry> entries = pipeline.read(Topics.LEDGER_ENTRIES, LedgerEntry.class);
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).kind()).isEqualTo("training-order");
    assertThat(entries.get(0).actor()).isEqualTo("operator ann");
    assertThat(entries.get(0).requestId()).isEqualTo("small-order-o");
    assertThat(entries.get(0).facts().path("reason").asText()).isEqualTo("why");
    assertThat(pipeline.counts()).containsEntry("trainingsRequested", 2L);
  }

  @Test
  void anOrderForAnotherModelIsLeftAloneAndOneThatCannotBeReadIsCounted() {
    order("o", "other");
    pipeline.send(Topics.TRAINING_ORDERS, "small", PipelineDriver.bytes("{\"orderId\": \"a b\"}"));
    pipeline.send(Topics.TRAINING_ORDERS, "small", PipelineDriver.bytes("train!"));
    assertThat(pipeline.read(Topics.ORDER_ANSWERS)).isEmpty();
    assertThat(pipeline.counts()).containsEntry("ordersUnreadable", 2L);
  }

  /** The key of a record of {@code watch} is its kind; an order's is the model's name. */
  @Test
  void anOrderIsKnownByItsTopic() {
    TrainingOrder order =
        new TrainingOrder("o", "small", "why", "ann", null, null, PipelineDriver.START);
    pipeline.send(Topics.TRAINING_ORDERS, "epoch", Json.write(order));
    assertThat(pipeline.read(Topics.ORDER_ANSWERS)).hasSize(1);
  }

  private void twoExamplesAndATickFor(String one, String other, int minute) {
    for (String id : List.of(one, other)) {
      pipeline.feature(id, minute - 20);
      pipeline.label(id, minute - 10, 1);
    }
    pipeline.tick(minute);
  }

  private void order(String id, String model) {
    TrainingOrder order =
        new TrainingOrder(id, model, "why", "ann", null, null, PipelineDriver.START);
    pipeline.send(Topics.TRAINING_ORDERS, model, Json.write(order));
  }
}
