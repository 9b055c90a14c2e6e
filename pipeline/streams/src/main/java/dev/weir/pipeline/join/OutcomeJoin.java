package dev.weir.pipeline.join;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.Timeline;
import dev.weir.pipeline.state.WithStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Joins each prediction with its example, in any order: one outcome per event, version and role,
 * with the label that stood when the two met, so that no monitor counts an event twice. Both sides
 * are kept until twice {@code labelWithin} after the event, or until the event is erased.
 */
public final class OutcomeJoin implements Processor<String, byte[], String, byte[]> {
  private static final String EXAMPLES = "outcome-examples";
  private static final String PREDICTIONS = "outcome-predictions";
  private static final String DEADLINES = "outcome-deadlines";

  private final String erasuresTopic;
  private final String predictionsTopic;
  private final String examplesTopic;
  private final String rowsTopic;
  private final long keepMillis;
  private final Deserializer<Example> exampleReader = AvroSerde.examples().deserializer();
  private final Deserializer<Prediction> predictionReader = AvroSerde.predictions().deserializer();
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> examples;
  private KeyValueStore<String, byte[]> predictions;
  private Timeline deadlines;

  @SuppressWarnings("NullAway.Init")
  private OutcomeJoin(ModelSpec spec, TopicNames names) {
    this.erasuresTopic = names.of(Topics.ERASURES);
    this.predictionsTopic = names.of(Topics.PREDICTIONS);
    this.examplesTopic = names.of(Topics.EXAMPLES);
    this.rowsTopic = names.of(Topics.ROWS);
    this.keepMillis = spec.events().labelWithin().multipliedBy(2).toMillis();
  }

  /** Returns the supplier of this processor with its stores. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names) {
    StoreBuilder<?> ordered =
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(PREDICTIONS), Serdes.String(), Serdes.ByteArray());
    return new WithStores<>(
        () -> new OutcomeJoin(spec, names),
        Set.of(LabelJoin.byId(EXAMPLES), ordered, Timeline.store(DEADLINES)));
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.examples = context.getStateStore(EXAMPLES);
    this.predictions = context.getStateStore(PREDICTIONS);
    this.deadlines = new Timeline(context.getStateStore(DEADLINES));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(examplesTopic)) {
      example(record);
    } else if (topic.equals(predictionsTopic)) {
      prediction(record);
    } else if (topic.equals(rowsTopic) || topic.equals(erasuresTopic)) {
      // The label join, beside this one, says that the event was erased.
      delete(record.key());
    } else {
      forget(Json.read(record.value(), Tick.class).time().toEpochMilli());
    }
  }

  private void example(Record<String, byte[]> record) {
    Example example = exampleReader.deserialize(examplesTopic, record.value());
    byte[] before = examples.get(record.key());
    if (before != null) {
      correct(before, example, record);
      return;
    }
    examples.put(record.key(), record.value());
    keep(record.key(), example.row().eventTime().toEpochMilli());
    if (isOfAnotherSpec(example)) {
      return;
    }
    for (byte[] each : waiting(record.key())) {
      emit(predictionReader.deserialize(predictionsTopic, each), example);
    }
  }

  /** A prediction that has its outcome keeps it; one that is to come meets the corrected label. */
  private void correct(byte[] before, Example example, Record<String, byte[]> record) {
    Example known = exampleReader.deserialize(examplesTopic, before);
    if (example.revision() > known.revision()) {
      examples.put(record.key(), record.value());
    }
  }

  private void prediction(Record<String, byte[]> record) {
    Prediction prediction = predictionReader.deserialize(predictionsTopic, record.value());
    String key = record.key() + '\0' + prediction.version() + '\0' + prediction.role();
    if (predictions.putIfAbsent(key, record.value()) != null) {
      return;
    }
    keep(record.key(), prediction.eventTime().toEpochMilli());
    byte[] example = examples.get(record.key());
    if (example != null) {
      Example known = exampleReader.deserialize(examplesTopic, example);
      if (!isOfAnotherSpec(known)) {
        emit(prediction, known);
      }
    }
  }

  /** Outcomes are one topic for all specs: that which decides an event writes its outcomes. */
  private static boolean isOfAnotherSpec(Example example) {
    return example.row().origin() == Origin.SHADOW;
  }

  private void keep(String id, long eventTime) {
    deadlines.put("event", eventTime + keepMillis, id, new byte[0]);
  }

  private void emit(Prediction prediction, Example example) {
    Outcome outcome =
        new Outcome(prediction, example.label(), example.labelTime(), example.row().groups());
    long time = example.labelTime().toEpochMilli();
    context.forward(new Record<>(example.eventId(), Json.write(outcome), time));
  }

  private List<byte[]> waiting(String id) {
    List<byte[]> waiting = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found = predictions.range(id + '\0', id + '\1')) {
      found.forEachRemaining(entry -> waiting.add(entry.value));
    }
    return waiting;
  }

  private void forget(long now) {
    deadlines.removeBefore("event", now).forEach(this::delete);
  }

  private void delete(String id) {
    examples.put(id, null);
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> found = predictions.range(id + '\0', id + '\1')) {
      found.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(predictions::delete);
  }
}
