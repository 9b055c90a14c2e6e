package dev.weir.pipeline.join;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Erasure;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.serde.LabelJson;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.WithStores;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/*
 *   rows, labels, erasures ──► label join ──► examples, unobserved
 *                                │    ▲
 *                        example │    │ event's state
 *                                ▼    │
 *   predictions ──────────────► outcome join ──► outcomes
 *
 * They are one processor, because they are about the same events: what the label join knows of one
 * need not be kept twice.
 */

/**
 * Joins rows with labels, and examples with predictions, by event id. Event time is moved by ticks
 * only.
 */
public final class EventJoin implements Processor<String, byte[], String, byte[]> {
  /** Child that writes examples. */
  public static final String EXAMPLES = "examples-sink";

  /** Child that writes unobserved rows; there only where labels depend on decisions. */
  public static final String UNOBSERVED = "unobserved-sink";

  /** Child that writes outcomes; needed where there are predictions. */
  public static final String OUTCOMES = "outcomes-sink";

  /** Child that hears of outcomes; needed where there are predictions. */
  public static final String OUTCOME_WATCH = "outcome-watch";

  /** Store of this processor's counters. */
  public static final String COUNTS = "join-counts";

  private static final String CLOCK = "join-clock";
  private static final String NOW = "now";

  private final ModelSpec spec;
  private final String rowsTopic;
  private final String labelsTopic;
  private final String predictionsTopic;
  private final String erasuresTopic;
  private final long disorderMillis;
  private ProcessorContext<String, byte[]> context;
  private EventStates events;
  private LabelJoin labels;
  private OutcomeJoin outcomes;
  private KeyValueStore<String, Long> clock;

  @SuppressWarnings("NullAway.Init")
  private EventJoin(ModelSpec spec, TopicNames names, Duration disorder) {
    this.spec = spec;
    this.rowsTopic = names.of(Topics.ROWS);
    this.labelsTopic = names.of(Topics.LABELS);
    this.predictionsTopic = names.of(Topics.PREDICTIONS);
    this.erasuresTopic = names.of(Topics.ERASURES);
    this.disorderMillis = disorder.toMillis();
    if (disorder.isNegative() || disorder.compareTo(spec.events().labelWithin()) > 0) {
      throw new IllegalArgumentException(
          "need 0 <= disorder <= labelWithin, was "
              + disorder
              + " and "
              + spec.events().labelWithin());
    }
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
    return supplier(spec, names, disorder, Stores::persistentKeyValueStore);
  }

  /**
   * Returns the supplier of this processor with its stores.
   *
   * @param events makes the store, by its name, that holds the events: the only one that is large
   */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec,
      TopicNames names,
      Duration disorder,
      Function<String, KeyValueBytesStoreSupplier> events) {
    Set<StoreBuilder<?>> stores = new HashSet<>();
    stores.add(EventStates.store(events.apply(EventStates.STORE)));
    stores.add(OutcomeJoin.store());
    stores.add(Counters.store(CLOCK));
    stores.add(Counters.store(COUNTS));
    if (dependsOnDecisions(spec)) {
      stores.add(
          Stores.keyValueStoreBuilder(
              events.apply(Decisions.STORE), Serdes.String(), Serdes.ByteArray()));
    }
    if (spec.events().erasures() != null) {
      stores.add(Erasures.store(Erasures.ENTITIES));
      stores.add(Erasures.store(Erasures.ERASED));
    }
    return new WithStores<>(() -> new EventJoin(spec, names, disorder), stores);
  }

  /** Returns whether labels depend on predictions, so that there are unobserved rows. */
  public static boolean dependsOnDecisions(ModelSpec spec) {
    return spec.events().missingLabels().observedWhen() != null;
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    Duration within = spec.events().labelWithin();
    Duration keep = within.multipliedBy(2);
    this.clock = context.getStateStore(CLOCK);
    this.events = new EventStates(context.getStateStore(EventStates.STORE), within);
    this.outcomes = new OutcomeJoin(context, context.getStateStore(OutcomeJoin.PREDICTIONS), keep);
    Counters counters = new Counters(context.getStateStore(COUNTS));
    this.labels =
        new LabelJoin(
            spec.events(),
            events,
            decisions(keep),
            erasures(keep),
            new JoinOutput(context, counters, outcomes::take),
            outcomes::forget);
  }

  private Decisions decisions(Duration keep) {
    return new Decisions(
        dependsOnDecisions(spec) ? context.getStateStore(Decisions.STORE) : null, keep);
  }

  private Erasures erasures(Duration keep) {
    return spec.events().erasures() == null
        ? new Erasures(null, null, keep)
        : new Erasures(
            context.getStateStore(Erasures.ENTITIES), context.getStateStore(Erasures.ERASED), keep);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(rowsTopic)) {
      labels.row(record.key(), record.value(), now());
    } else if (topic.equals(labelsTopic)) {
      Label label = LabelJson.read(record.value());
      labels.label(label.eventId(), KnownLabel.of(label));
    } else if (topic.equals(predictionsTopic)) {
      prediction(record.value());
    } else if (topic.equals(erasuresTopic)) {
      labels.erase(Json.read(record.value(), Erasure.class));
    } else {
      tick(Json.read(record.value(), Tick.class).time().toEpochMilli());
    }
  }

  private @Nullable Long now() {
    return clock.get(NOW);
  }

  private void prediction(byte[] bytes) {
    Prediction prediction = outcomes.read(bytes);
    EventState state = events.get(prediction.eventId());
    if (labels.prediction(prediction, state, now())) {
      outcomes.take(prediction, bytes, labels.labelled(prediction.eventId(), state));
    }
  }

  private void tick(long tick) {
    Long before = now();
    long passed = tick - disorderMillis;
    long now = before == null ? passed : Math.max(before, passed);
    clock.put(NOW, now);
    labels.tick(now);
    outcomes.forgetBefore(now);
  }
}
