package dev.weir.pipeline.join;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Joins each prediction with its example, in any order: one outcome per event, version and role,
 * with the label that stood when the two met, so that no monitor counts an event twice. Predictions
 * are kept until twice {@code labelWithin} after the event, or until the event is erased; examples
 * are those of the label join.
 */
final class OutcomeJoin {
  static final String PREDICTIONS = "outcome-predictions";

  private final ProcessorContext<String, byte[]> context;
  private final KeyValueStore<String, byte[]> predictions;
  private final Deadlines deadlines = new Deadlines();
  private final long keepMillis;
  private final Deserializer<Prediction> reader = AvroSerde.predictions().deserializer();

  /**
   * Creates the join.
   *
   * @param keep how long after its event a prediction waits for its example, and copies of it are
   *     known
   */
  OutcomeJoin(
      ProcessorContext<String, byte[]> context,
      KeyValueStore<String, byte[]> predictions,
      Duration keep) {
    this.context = context;
    this.predictions = predictions;
    this.keepMillis = keep.toMillis();
    try (KeyValueIterator<String, byte[]> all = predictions.all()) {
      all.forEachRemaining(entry -> keep(read(entry.value)));
    }
  }

  /** Returns the builder of a store that is ordered by event id. */
  static StoreBuilder<KeyValueStore<String, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
        Stores.inMemoryKeyValueStore(PREDICTIONS), Serdes.String(), Serdes.ByteArray());
  }

  Prediction read(byte[] prediction) {
    return reader.deserialize("predictions", prediction);
  }

  /** Takes an example: the first of an event makes outcomes, a corrected one none. */
  void take(Example example) {
    if (deadlines.isEmpty() || example.revision() > 1) {
      return;
    }
    LabelledEvent event = LabelledEvent.of(example);
    if (event != null) {
      waiting(event.id()).forEach(each -> emit(read(each), event));
    }
  }

  /**
   * Takes a prediction; a copy of one is dropped.
   *
   * @param bytes the prediction as it came
   * @param event with the label that stands now; null where there is none yet, or no outcome is to
   *     come of it
   */
  void take(Prediction prediction, byte[] bytes, @Nullable LabelledEvent event) {
    String key = prediction.eventId() + '\0' + prediction.version() + '\0' + prediction.role();
    if (predictions.putIfAbsent(key, bytes) != null) {
      return;
    }
    keep(prediction);
    if (event != null) {
      emit(prediction, event);
    }
  }

  private void keep(Prediction prediction) {
    deadlines.put(prediction.eventTime().toEpochMilli() + keepMillis, prediction.eventId());
  }

  private void emit(Prediction prediction, LabelledEvent event) {
    Outcome outcome = new Outcome(prediction, event.label(), event.labelTime(), event.groups());
    long time = event.labelTime().toEpochMilli();
    byte[] value = Json.write(outcome);
    context.forward(new Record<>(event.id(), value, time), EventJoin.OUTCOMES);
    context.forward(new Record<>(event.id(), value, time), EventJoin.OUTCOME_WATCH);
  }

  private List<byte[]> waiting(String id) {
    List<byte[]> waiting = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found = predictions.range(id + '\0', id + '\1')) {
      found.forEachRemaining(entry -> waiting.add(entry.value));
    }
    return waiting;
  }

  void forgetBefore(long now) {
    deadlines.removeBefore(now).forEach(this::forget);
  }

  void forget(String id) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found = predictions.range(id + '\0', id + '\1')) {
      found.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(predictions::delete);
  }
}
