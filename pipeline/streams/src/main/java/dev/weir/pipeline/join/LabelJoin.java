package dev.weir.pipeline.join;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.Timeline;
import dev.weir.pipeline.state.WithStores;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
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
 *   row   r at t : waits until t + labelWithin          -> then it is settled without a label
 *   label l at s : waits until s + labelWithin          -> then "orphan"
 *   both         : example if s - t <= labelWithin, else "tooLate" and the row has no label
 *   settled      : the id is remembered until t + 2 labelWithin, so that copies are dropped
 *   row after that: "expired" at once, as nothing tells it from a copy
 *
 * A row without a label is, at its deadline,
 *
 *   "unobserved"  if the champion's decision on it prevents the label (observedWhen),
 *   "silent"      else, if the spec says what silence means (onExpiry): an example of revision 1,
 *   "expired"     else.
 *
 * A label of a silent row that comes while its id is remembered is an example of revision 2. Where
 * the spec says either of the two, a row whose label is too late waits for its deadline all the
 * same, as only then it is known what was decided of it.
 *
 * The first label of an event that comes is the one that counts, in time or not.
 *
 * The DSL's leftJoin is not used: it may emit (row, null) and later (row, label) for one event
 * (KAFKA-19536), which would be false negatives in the training data.
 */

/**
 * Joins rows with labels by event id: exactly one example per labelled event and revision, whatever
 * the order, with a counter for everything else. Event time is moved by ticks only.
 */
public final class LabelJoin implements Processor<String, byte[], String, byte[]> {
  /** Child that writes examples. */
  public static final String EXAMPLES = "examples-sink";

  /** Child that writes unobserved rows; there only where labels depend on decisions. */
  public static final String UNOBSERVED = "unobserved-sink";

  /** Store of this processor's counters. */
  public static final String COUNTS = "join-counts";

  private static final String LABELS = "join-labels";
  private static final String DEADLINES = "join-deadlines";
  private static final String CLOCK = "join-clock";
  private static final String NOW = "now";

  private final TopicNames names;
  private final Duration labelWithin;
  private final MissingLabels missing;
  private final Deserializer<Prediction> predictionReader = AvroSerde.predictions().deserializer();
  private ProcessorContext<String, byte[]> context;
  private WaitingRows rows;
  private KeyValueStore<String, byte[]> labels;
  private Timeline deadlines;
  private Settled settled;
  private Decisions decisions;
  private KeyValueStore<String, Long> clock;
  private Counters counters;
  private JoinOutput output;

  @SuppressWarnings("NullAway.Init")
  private LabelJoin(ModelSpec spec, TopicNames names) {
    this.names = names;
    this.labelWithin = spec.events().labelWithin();
    this.missing = spec.events().missingLabels();
  }

  /** Returns the supplier of this processor with its stores. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names) {
    Set<StoreBuilder<?>> stores =
        new HashSet<>(
            Set.of(
                byId(WaitingRows.STORE),
                byId(LABELS),
                byId(Settled.STORE),
                Timeline.store(DEADLINES),
                Counters.store(CLOCK),
                Counters.store(COUNTS)));
    if (dependsOnDecisions(spec)) {
      stores.add(byId(Decisions.STORE));
    }
    return new WithStores<>(() -> new LabelJoin(spec, names), stores);
  }

  /** Returns whether the join reads predictions and writes unobserved rows. */
  public static boolean dependsOnDecisions(ModelSpec spec) {
    return spec.events().missingLabels().observedWhen() != null;
  }

  /** Returns the builder of a persistent store by event id. */
  static StoreBuilder<KeyValueStore<String, byte[]>> byId(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.labels = context.getStateStore(LABELS);
    this.deadlines = new Timeline(context.getStateStore(DEADLINES));
    this.rows = new WaitingRows(context.getStateStore(WaitingRows.STORE), deadlines, labelWithin);
    this.settled = new Settled(context.getStateStore(Settled.STORE), deadlines, labelWithin);
    this.decisions =
        new Decisions(
            missing.observedWhen() == null ? null : context.getStateStore(Decisions.STORE),
            deadlines,
            labelWithin.multipliedBy(2));
    this.clock = context.getStateStore(CLOCK);
    this.counters = new Counters(context.getStateStore(COUNTS));
    this.output = new JoinOutput(context, counters);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(names.of(Topics.ROWS))) {
      row(record);
    } else if (topic.equals(names.of(Topics.LABELS))) {
      label(Json.read(record.value(), Label.class), record.value());
    } else if (topic.equals(names.of(Topics.PREDICTIONS))) {
      prediction(predictionReader.deserialize(topic, record.value()));
    } else {
      expire(Json.read(record.value(), Tick.class).time());
    }
  }

  private void row(Record<String, byte[]> record) {
    String id = record.key();
    if (settled.contains(id) || rows.contains(id)) {
      counters.add(Count.DUPLICATE_ROWS);
      return;
    }
    Row row = rows.read(record.value());
    if (isForgotten(row.eventTime())) {
      output.expired();
      return;
    }
    rows.put(row, record.value());
    byte[] label = labels.get(id);
    if (label != null) {
      join(row, Json.read(label, Label.class));
    }
  }

  private boolean isForgotten(Instant eventTime) {
    Long now = clock.get(NOW);
    return now != null && eventTime.plus(labelWithin.multipliedBy(2)).toEpochMilli() < now;
  }

  private void prediction(Prediction prediction) {
    if (!settled.contains(prediction.eventId()) && !isForgotten(prediction.eventTime())) {
      decisions.take(prediction);
    }
  }

  private void label(Label label, byte[] bytes) {
    String id = label.eventId();
    Label known = settled.of(id);
    byte[] waiting = known == null ? labels.get(id) : null;
    if (waiting != null) {
      known = Json.read(waiting, Label.class);
    }
    if (known != null) {
      another(known, label);
      return;
    }
    labels.put(id, bytes);
    deadlines.put("label", label.labelTime().plus(labelWithin).toEpochMilli(), id, new byte[0]);
    Row row = rows.get(id);
    if (row != null) {
      join(row, label);
    }
  }

  private void another(Label known, Label label) {
    if (Settled.isSilence(known)) {
      correct(label);
    } else if (Settled.isUnlabelled(known)) {
      counters.add(Count.TOO_LATE);
      settled.put(label);
    } else {
      counters.add(known.value() == label.value() ? Count.DUPLICATE_LABELS : Count.CONFLICT);
    }
  }

  private void correct(Label label) {
    settled.put(label);
    Row row = rows.get(label.eventId());
    if (row == null || label.labelTime().isAfter(rows.deadline(row).plus(labelWithin))) {
      counters.add(Count.TOO_LATE);
    } else {
      output.corrected(row, label);
    }
    rows.delete(label.eventId());
  }

  private void join(Row row, Label label) {
    Instant deadline = rows.deadline(row);
    boolean isLate = label.labelTime().isAfter(deadline);
    if (isLate && !missing.equals(MissingLabels.DROPPED)) {
      return;
    }
    String id = row.eventId();
    settled.by(label, deadline);
    rows.settle(row);
    labels.delete(id);
    decisions.forget(id, row.eventTime());
    if (isLate) {
      counters.add(Count.TOO_LATE);
      output.expired();
    } else {
      output.labelled(row, label);
    }
  }

  private void expire(Instant now) {
    long time = now.toEpochMilli();
    clock.put(NOW, time);
    for (Row row : rows.dueBefore(time)) {
      unlabelled(row, now);
    }
    for (String id : deadlines.removeBefore("label", time)) {
      if (labels.delete(id) != null) {
        counters.add(Count.ORPHAN);
      }
    }
    List<String> forgotten = settled.forgetBefore(time);
    if (missing.silence() != null) {
      // A silent row stays for its correction as long as its event is remembered.
      forgotten.forEach(rows::delete);
    }
    decisions.forgetBefore(time);
  }

  private void unlabelled(Row row, Instant now) {
    String id = row.eventId();
    Double silence = missing.silence();
    boolean isPrevented = decisions.prevent(id, missing);
    boolean isSilent = !isPrevented && silence != null;
    settled.without(id, isSilent, now);
    decisions.forget(id, row.eventTime());
    if (isPrevented) {
      output.unobserved(row);
    } else if (silence != null) {
      output.silent(row, silence, rows.deadline(row));
    } else {
      output.expired();
    }
    if (!isSilent) {
      rows.delete(id);
    }
    byte[] late = labels.delete(id);
    if (late != null) {
      label(Json.read(late, Label.class), late);
    }
  }
}
