package dev.weir.pipeline.join;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Erasure;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.serde.LabelJson;
import dev.weir.contracts.spec.MissingLabels;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.OnConflict;
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
import org.jspecify.annotations.Nullable;

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
 * all by the ticks, less the disorder that is allowed for.
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
 * Which of several labels of one event counts is the LabelPolicy's business.
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

  /** Child that hears, by key, which events were erased; there only where the spec says how. */
  public static final String ERASED = "outcome-join";

  /** Store of this processor's counters. */
  public static final String COUNTS = "join-counts";

  private static final String CLOCK = "join-clock";
  private static final String NOW = "now";

  private final ModelSpec spec;
  private final String rowsTopic;
  private final String labelsTopic;
  private final String predictionsTopic;
  private final String erasuresTopic;
  private final MissingLabels missing;
  private final long keepMillis;
  private final long disorderMillis;
  private final LabelTimes labelTimes;
  private final Deserializer<Prediction> predictionReader = AvroSerde.predictions().deserializer();
  private ProcessorContext<String, byte[]> context;
  private EventStates events;
  private LabelPolicy policy;
  private Decisions decisions;
  private Erasures erasures;
  private KeyValueStore<String, Long> clock;
  private JoinOutput output;

  @SuppressWarnings("NullAway.Init")
  private LabelJoin(ModelSpec spec, TopicNames names, Duration disorder) {
    this.spec = spec;
    this.rowsTopic = names.of(Topics.ROWS);
    this.labelsTopic = names.of(Topics.LABELS);
    this.predictionsTopic = names.of(Topics.PREDICTIONS);
    this.erasuresTopic = names.of(Topics.ERASURES);
    this.missing = spec.events().missingLabels();
    this.keepMillis = spec.events().labelWithin().multipliedBy(2).toMillis();
    this.labelTimes = new LabelTimes(spec.events());
    this.disorderMillis = disorder.toMillis();
    if (disorder.isNegative() || disorder.compareTo(spec.events().labelWithin()) > 0) {
      throw new IllegalArgumentException(
          "need 0 <= disorder <= labelWithin, was "
              + disorder
              + " and "
              + spec.events().labelWithin());
    }
  }

  /** Returns the supplier of this processor where ticks pass no record that is yet to come. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names) {
    return supplier(spec, names, Duration.ZERO);
  }

  /**
   * Returns the supplier of this processor with its stores.
   *
   * @param disorder how far ticks may have passed the time of a record that is yet to come: all
   *     waits for so much longer, and what comes within it counts as if it had come in order; at
   *     most {@code labelWithin}, for as long as which outcomes are kept beyond a deadline
   */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names, Duration disorder) {
    Set<StoreBuilder<?>> stores = new HashSet<>();
    stores.add(byId(EventStates.STORE));
    stores.add(Timeline.store(EventStates.TIMES));
    stores.add(Counters.store(CLOCK));
    stores.add(Counters.store(COUNTS));
    if (dependsOnDecisions(spec)) {
      stores.add(byId(Decisions.STORE));
    }
    if (spec.events().erasures() != null) {
      stores.add(Erasures.store(Erasures.ENTITIES));
      stores.add(Erasures.store(Erasures.ERASED));
    }
    return new WithStores<>(() -> new LabelJoin(spec, names, disorder), stores);
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
    this.clock = context.getStateStore(CLOCK);
    this.output = new JoinOutput(context, new Counters(context.getStateStore(COUNTS)));
    this.policy =
        spec.events().onConflict() == OnConflict.LAST
            ? new LastLabel(labelTimes, output)
            : new FirstLabel(labelTimes, output);
    Timeline times = new Timeline(context.getStateStore(EventStates.TIMES));
    this.events =
        new EventStates(
            context.getStateStore(EventStates.STORE), times, spec.events().labelWithin());
    this.decisions =
        new Decisions(
            dependsOnDecisions(spec) ? context.getStateStore(Decisions.STORE) : null,
            times,
            Duration.ofMillis(keepMillis));
    boolean mayErase = spec.events().erasures() != null;
    this.erasures =
        new Erasures(
            mayErase ? context.getStateStore(Erasures.ENTITIES) : null,
            mayErase ? context.getStateStore(Erasures.ERASED) : null,
            times,
            Duration.ofMillis(keepMillis));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(rowsTopic)) {
      row(record.key(), record.value());
    } else if (topic.equals(labelsTopic)) {
      Label label = LabelJson.read(record.value());
      label(label.eventId(), KnownLabel.of(label));
    } else if (topic.equals(predictionsTopic)) {
      prediction(predictionReader.deserialize(topic, record.value()));
    } else if (topic.equals(erasuresTopic)) {
      erase(Json.read(record.value(), Erasure.class));
    } else {
      tick(Json.read(record.value(), Tick.class).time().toEpochMilli());
    }
  }

  private void row(String id, byte[] bytes) {
    EventState state = events.get(id);
    if (state != null && !state.awaitsRow()) {
      output.count(Count.DUPLICATE_ROWS);
      return;
    }
    Row row = output.read(bytes);
    if (isForgotten(row.eventTime())) {
      output.expired();
      return;
    }
    List<KnownLabel> labels = state == null ? List.of() : state.labels();
    events.removeLabels(id, labels);
    EventState open = EventState.of(bytes, labels);
    if (erasures.covers(row)) {
      events.addRow(row, null, null);
      erase(id, row.eventTime(), open);
      return;
    }
    events.addRow(row, now(), erasures.entity(row));
    erasures.add(row);
    settle(row, labels.isEmpty() ? open : policy.resolve(row, open));
  }

  private void settle(Row row, EventState state) {
    events.put(row.eventId(), state);
    if (!state.isOpen()) {
      decisions.forget(row.eventId(), row.eventTime());
    }
  }

  private boolean isForgotten(Instant eventTime) {
    Long now = now();
    return now != null && eventTime.toEpochMilli() + keepMillis < now;
  }

  private @Nullable Long now() {
    return clock.get(NOW);
  }

  private void prediction(Prediction prediction) {
    EventState state = events.get(prediction.eventId());
    boolean isOpen = state == null || state.isOpen();
    if (isOpen && !isForgotten(prediction.eventTime())) {
      decisions.take(prediction);
    }
  }

  private void label(String id, KnownLabel label) {
    EventState state = events.get(id);
    if (state == null) {
      events.put(id, EventState.of(label));
      events.addLabel(id, label);
    } else if (!state.isOpen()) {
      events.put(id, another(state, label));
    } else {
      waiting(id, state, policy.add(state.labels(), label));
    }
  }

  private void waiting(String id, EventState open, List<KnownLabel> labels) {
    if (labels.equals(open.labels())) {
      return;
    }
    EventState known = open.with(labels);
    byte[] bytes = known.row();
    if (bytes == null) {
      events.put(id, known);
      events.addLabel(id, labels.get(labels.size() - 1));
    } else {
      Row row = output.read(bytes);
      settle(row, policy.resolve(row, known));
    }
  }

  /** Returns what becomes of a settled event when a further label comes. */
  private EventState another(EventState settled, KnownLabel label) {
    if (settled.status() == EventState.Status.ERASED) {
      output.count(Count.ERASED_LABELS);
      return settled;
    }
    if (settled.status() != EventState.Status.UNLABELLED) {
      return policy.correct(settled, label);
    }
    if (policy.add(settled.labels(), label).equals(settled.labels())) {
      return settled;
    }
    output.count(Count.TOO_LATE);
    return settled.with(List.of(label));
  }

  private void erase(Erasure erasure) {
    erasures
        .take(erasure)
        .forEach(
            (id, eventTime) -> {
              EventState state = events.get(id);
              if (state != null) {
                events.forgetEntity(id, eventTime);
                erase(id, eventTime, state);
              }
            });
  }

  /** Removes an event; only what had no outcome yet is counted as erased. */
  private void erase(String id, Instant eventTime, EventState state) {
    if (state.isOpen()) {
      output.count(Count.ERASED);
      state.labels().forEach(label -> output.count(Count.ERASED_LABELS));
    }
    events.put(id, EventState.erased());
    decisions.forget(id, eventTime);
    context.forward(new Record<>(id, new byte[0], eventTime.toEpochMilli()), ERASED);
  }

  private void tick(long tick) {
    Long before = now();
    long passed = tick - disorderMillis;
    long now = before == null ? passed : Math.max(before, passed);
    clock.put(NOW, now);
    for (String id : events.due(before, now)) {
      EventState state = events.get(id);
      byte[] row = state == null || !state.isOpen() ? null : state.row();
      if (state != null && row != null) {
        unlabelled(output.read(row), state, now);
      }
    }
    for (String id : events.withOrphans(now)) {
      orphan(id, now);
    }
    events.forgetBefore(now, (id, entity) -> erasures.remove(entity, id));
    decisions.forgetBefore(now);
    erasures.forgetBefore(now);
  }

  private void orphan(String id, long now) {
    EventState state = events.get(id);
    if (state == null || !state.awaitsRow()) {
      return;
    }
    EventState left = events.withoutOrphans(state, now);
    int orphans = state.labels().size() - (left == null ? 0 : left.labels().size());
    for (int i = 0; i < orphans; i++) {
      output.count(Count.ORPHAN);
    }
    if (left == null) {
      events.delete(id);
    } else {
      events.put(id, left);
    }
  }

  private void unlabelled(Row row, EventState open, long now) {
    String id = row.eventId();
    EventState settled = EventState.unlabelled(List.of());
    Double silence = missing.silence();
    byte[] bytes = open.row();
    if (decisions.prevent(id, missing)) {
      output.unobserved(row);
    } else if (silence != null && bytes != null) {
      output.silent(row, silence, labelTimes.deadline(row));
      settled = EventState.silent(bytes);
    } else {
      output.expired();
    }
    for (KnownLabel late : open.labels()) {
      settled = another(settled, late);
    }
    events.keep(row, now, erasures.entity(row));
    settle(row, settled);
  }
}
