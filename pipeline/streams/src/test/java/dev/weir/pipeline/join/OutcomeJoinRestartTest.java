package dev.weir.pipeline.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.AvroSerde;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits is known from the store alone. */
class OutcomeJoinRestartTest {
  private static final Duration KEEP = Duration.ofMillis(200);

  private final KeyValueStore<String, byte[]> store =
      OutcomeJoin.store().withLoggingDisabled().build();
  private MockProcessorContext<String, byte[]> context;
  private OutcomeJoin join;

  @BeforeEach
  void start() {
    context = new MockProcessorContext<>();
    store.init(context.getStateStoreContext(), store);
    restart();
    predict(1);
    restart();
  }

  private void restart() {
    join = new OutcomeJoin(context, store, KEEP);
  }

  private void predict(int version) {
    Prediction prediction =
        new Prediction("a", Instant.EPOCH, version, ServingRole.CHAMPION, 0.7, Origin.STREAM, null);
    byte[] bytes = AvroSerde.predictions().serializer().serialize("predictions", prediction);
    join.take(prediction, bytes, null);
  }

  private static Example example() {
    return new Example(SmallRow.of("a", 0), 1, Instant.ofEpochMilli(10), 1);
  }

  @Test
  void aPredictionOfBeforeMeetsItsExampleOnce() {
    predict(1);
    join.take(example());
    assertThat(context.forwarded(EventJoin.OUTCOMES)).hasSize(1);
    assertThat(context.forwarded(EventJoin.OUTCOME_WATCH)).hasSize(1);
  }

  @Test
  void oneOfBeforeIsForgottenInTime() {
    join.forgetBefore(200);
    assertThat(store.approximateNumEntries()).isEqualTo(1);
    join.forgetBefore(201);
    assertThat(store.approximateNumEntries()).isZero();
  }
}
