package dev.weir.pipeline.join;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.Timeline;
import dev.weir.pipeline.state.WithStores;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/*
 * Both sides wait in a plain key-value store until the other comes or event time passes their
 * deadline. Nothing depends on the order of arrival:
 *
 *   row   r at t : waits until t + labelWithin          -> then "expired"
 *   label l at s : waits until s + labelWithin          -> then "orphan"
 *   both         : example if s - t <= labelWithin, else "tooLate" and the row is "expired"
 *   done         : the id is remembered until t + 2 labelWithin, so that copies are dropped
 *   row after that: "expired" at once, as nothing tells it from a copy
 *
 * The first label of an event that comes is the one that counts, in time or not.
 *
 * The DSL's leftJoin is not used: it may emit (row, null) and later (row, label) for one event
 * (KAFKA-19536), which would be false negatives in the training data.
 */

/**
 * Joins rows with labels by event id: exactly one example per labelled event, whatever the order,
 * with a counter for everything else. Event time is moved by ticks only.
 */
public final class LabelJoin implements Processor<String, byte[], String, byte[]> {
  /** Store of this processor's counters. */
  public static final String COUNTS = "join-counts";

  private static final String ROWS = "join-rows";
  private static final String LABELS = "join-labels";
  private static final String DONE = "join-done";
  private static final String DEADLINES = "join-deadlines";
  private static final String CLOCK = "join-clock";
  private static final String NOW = "now";

  /** The value of {@code done} for a row that expired without a label. */
  private static final double NO_LABEL = -1;

  private final String rowsTopic;
  private final String labelsTopic;
  private final Duration labelWithin;
  private final Deserializer<Row> rowReader = AvroSerde.rows().deserializer();
  private final Serializer<Example> exampleWriter = AvroSerde.examples().serializer();
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> rows;
  private KeyValueStore<String, byte[]> labels;
  private KeyValueStore<String, byte[]> done;
  private Timeline deadlines;
  private KeyValueStore<String, Long> clock;
  private Counters counters;

  @SuppressWarnings("NullAway.Init")
  private LabelJoin(ModelSpec spec, String rowsTopic, String labelsTopic) {
    this.rowsTopic = rowsTopic;
    this.labelsTopic = labelsTopic;
    this.labelWithin = spec.events().labelWithin();
  }

  /** Returns the supplier of this processor with its stores. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, String rowsTopic, String labelsTopic) {
    return new WithStores<>(
        () -> new LabelJoin(spec, rowsTopic, labelsTopic),
        Set.of(
            byId(ROWS),
            byId(LABELS),
            byId(DONE),
            Timeline.store(DEADLINES),
            Counters.store(CLOCK),
            Counters.store(COUNTS)));
  }

  /** Returns the builder of a persistent store by event id. */
  static StoreBuilder<KeyValueStore<String, byte[]>> byId(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.rows = context.getStateStore(ROWS);
    this.labels = context.getStateStore(LABELS);
    this.done = context.getStateStore(DONE);
    this.deadlines = new Timeline(context.getStateStore(DEADLINES));
    this.clock = context.getStateStore(CLOCK);
    this.counters = new Counters(context.getStateStore(COUNTS));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(rowsTopic)) {
      row(record);
    } else if (topic.equals(labelsTopic)) {
      label(record);
    } else {
      expire(Json.read(record.value(), Tick.class).time());
    }
  }

  private void row(Record<String, byte[]> record) {
    String id = record.key();
    if (done.get(id) != null || rows.get(id) != null) {
      counters.add(Count.DUPLICATE_ROWS);
      return;
    }
    Row row = rowReader.deserialize(rowsTopic, record.value());
    Long now = clock.get(NOW);
    if (now != null && row.eventTime().plus(labelWithin.multipliedBy(2)).toEpochMilli() < now) {
      counters.add(Count.EXPIRED);
      return;
    }
    rows.put(id, record.value());
    deadlines.put("row", row.eventTime().plus(labelWithin).toEpochMilli(), id, new byte[0]);
    byte[] label = labels.get(id);
    if (label != null) {
      join(row, Json.read(label, Label.class));
    }
  }

  private void label(Record<String, byte[]> record) {
    String id = record.key();
    Label label = Json.read(record.value(), Label.class);
    byte[] known = done.get(id) != null ? done.get(id) : labels.get(id);
    if (known != null) {
      double value = Json.read(known, Label.class).value();
      if (value == NO_LABEL) {
        counters.add(Count.TOO_LATE);
        done.put(id, record.value());
      } else {
        counters.add(value == label.value() ? Count.DUPLICATE_LABELS : Count.CONFLICT);
      }
      return;
    }
    labels.put(id, record.value());
    deadlines.put("label", label.labelTime().plus(labelWithin).toEpochMilli(), id, new byte[0]);
    byte[] row = rows.get(id);
    if (row != null) {
      join(rowReader.deserialize(rowsTopic, row), label);
    }
  }

  private void join(Row row, Label label) {
    String id = row.eventId();
    Instant deadline = row.eventTime().plus(labelWithin);
    done.put(id, Json.write(label));
    deadlines.put("done", deadline.plus(labelWithin).toEpochMilli(), id, new byte[0]);
    deadlines.remove("row", deadline.toEpochMilli(), id);
    rows.delete(id);
    labels.delete(id);
    if (label.labelTime().isAfter(deadline)) {
      counters.add(Count.TOO_LATE);
      counters.add(Count.EXPIRED);
      return;
    }
    Example example = new Example(row, label.value(), label.labelTime(), 1);
    counters.add(Count.EXAMPLES);
    long time = Math.max(row.eventTime().toEpochMilli(), label.labelTime().toEpochMilli());
    context.forward(new Record<>(id, exampleWriter.serialize("examples", example), time));
  }

  private void expire(Instant now) {
    long time = now.toEpochMilli();
    clock.put(NOW, time);
    for (String id : deadlines.removeBefore("row", time)) {
      if (rows.delete(id) != null) {
        counters.add(Count.EXPIRED);
        done.put(id, Json.write(new Label(id, NO_LABEL, now)));
        deadlines.put("done", now.plus(labelWithin).toEpochMilli(), id, new byte[0]);
      }
    }
    for (String id : deadlines.removeBefore("label", time)) {
      if (labels.delete(id) != null) {
        counters.add(Count.ORPHAN);
      }
    }
    deadlines.removeBefore("done", time).forEach(done::delete);
  }
}
