package dev.weir.pipeline.derive;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Arrival;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.serde.LabelJson;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.Timeline;
import dev.weir.pipeline.state.WithStores;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
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

/**
 * Arrivals to rows and labels: each event once, with its derived features as of its own time.
 *
 * <p>A tombstone among the arrivals erases the entity that is its key: what its events up to the
 * tombstone's time were, and their labels, no later row knows of.
 *
 * <p>A row tells what was known when its event was read and is never revised. What no later event
 * can ask for is forgotten by the ticks, so that one record ahead of the others forgets nothing.
 */
public final class Derive implements Processor<String, byte[], String, byte[]> {
  /** Child that writes rows. */
  public static final String ROWS = "derived-rows-sink";

  /** Child that writes labels. */
  public static final String LABELS = "derived-labels-sink";

  /** Store of this processor's counters. */
  public static final String COUNTS = "derive-counts";

  private static final String KNOWN_EVENTS = "derive-events";
  private static final String KNOWN_LABELS = "derive-labels";
  private static final String TIMELINE = "derive-timeline";

  private final ModelSpec spec;
  private final String arrivalsTopic;
  private final Plan plan;
  private final long keepMillis;
  private final Deserializer<Arrival> arrivals = AvroSerde.arrivals().deserializer();
  private final Serializer<Row> rows = AvroSerde.rows().serializer();
  private ProcessorContext<String, byte[]> context;
  private History history;
  private PointInTime pointInTime;
  private Counters counters;

  @SuppressWarnings("NullAway.Init")
  private Derive(ModelSpec spec, TopicNames names) {
    this.spec = spec;
    this.arrivalsTopic = names.of(Topics.ARRIVALS);
    this.plan = Plan.of(spec);
    this.keepMillis = plan.longestMillis() + 2 * spec.events().labelWithin().toMillis();
  }

  /** Returns the supplier of this processor with its stores. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names) {
    return new WithStores<>(
        () -> new Derive(spec, names),
        Set.of(
            byId(KNOWN_EVENTS),
            byId(KNOWN_LABELS),
            Timeline.store(TIMELINE),
            Counters.store(COUNTS)));
  }

  private static StoreBuilder<KeyValueStore<String, byte[]>> byId(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray());
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.history =
        new History(
            plan,
            context.getStateStore(KNOWN_EVENTS),
            context.getStateStore(KNOWN_LABELS),
            new Timeline(context.getStateStore(TIMELINE)),
            spec.events().erasures() != null);
    this.pointInTime = new PointInTime(spec, plan, history);
    this.counters = new Counters(context.getStateStore(COUNTS));
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (!topic.equals(arrivalsTopic)) {
      forget(Json.read(record.value(), Tick.class).time());
      return;
    }
    if (record.value() == null) {
      history.erase(record.key(), record.timestamp());
      return;
    }
    Arrival arrival = arrivals.deserialize(topic, record.value());
    if (arrival instanceof Arrival.OfEvent event) {
      event(event, record.headers());
    } else {
      label((Arrival.OfLabel) arrival, record.headers());
    }
  }

  private void event(Arrival.OfEvent event, Headers origin) {
    String id = event.eventId();
    if (history.hasEvent(id)) {
      counters.add(Count.DUPLICATES);
      return;
    }
    Row row = pointInTime.row(event);
    history.add(event);
    counters.add(Count.ROWS);
    long time = row.eventTime().toEpochMilli();
    context.forward(new Record<>(id, rows.serialize("rows", row), time, origin), ROWS);
  }

  /** Copies are remembered once, and go on: the join tells and counts them. */
  private void label(Arrival.OfLabel arrival, Headers origin) {
    history.add(arrival);
    Label label = arrival.label();
    long time = label.labelTime().toEpochMilli();
    context.forward(new Record<>(label.eventId(), LabelJson.write(label), time, origin), LABELS);
  }

  /** Events that come late by up to twice {@code labelWithin} still find all that they ask for. */
  private void forget(Instant now) {
    history.forgetBefore(now.toEpochMilli() - keepMillis);
  }
}
