package dev.weir.pipeline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.FeatureEncoder;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.decode.Decoders;
import dev.weir.pipeline.decode.RecordDecoder;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.Timeline;
import dev.weir.pipeline.state.WithStores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Checks user records, encodes features with what is known at their time, and re-keys by event id.
 * A record that cannot be used becomes a dead letter with its reason and its original bytes.
 */
public final class Ingest implements Processor<byte[], byte[], Object, byte[]> {
  /** Child that writes rows. */
  public static final String ROWS = "rows-sink";

  /** Child that writes labels. */
  public static final String LABELS = "labels-sink";

  /** Child that writes dead letters. */
  public static final String DEAD_LETTERS = "dead-letters-sink";

  /** Store of this processor's counters. */
  public static final String COUNTS = "ingest-counts";

  private static final String KNOWN = "ingest-known-labels";
  private static final String SEEN = "ingest-seen";

  private final ModelSpec spec;

  private final Clock clock;
  private final FeatureEncoder encoder;
  private final Serializer<Row> rows = AvroSerde.rows().serializer();
  private ProcessorContext<Object, byte[]> context;
  private KnownLabels known;
  private Timeline seen;
  private KeyValueStore<byte[], byte[]> seenStore;
  private Counters counters;
  private Decoders decoders;

  @SuppressWarnings("NullAway.Init")
  private Ingest(ModelSpec spec, Clock clock) {
    this.spec = spec;
    this.clock = clock;
    this.encoder = new FeatureEncoder(spec);
  }

  /**
   * Returns the supplier of this processor with its stores.
   *
   * @throws dev.weir.contracts.spec.SpecException if a schema or the label's expression is none
   */
  public static ProcessorSupplier<byte[], byte[], Object, byte[]> supplier(
      ModelSpec spec, Clock clock) {
    Decoders.requireReadable(spec);
    return new WithStores<>(
        () -> new Ingest(spec, clock),
        Set.of(Timeline.store(KNOWN), Timeline.store(SEEN), Counters.store(COUNTS)));
  }

  /** Returns the reasons by which dead letters are counted. */
  public static List<String> reasons() {
    return Stream.of(EventException.Reason.values()).map(Enum::name).toList();
  }

  @Override
  public void init(ProcessorContext<Object, byte[]> processorContext) {
    this.context = processorContext;
    this.known = new KnownLabels(spec, new Timeline(context.getStateStore(KNOWN)));
    this.seenStore = context.getStateStore(SEEN);
    this.seen = new Timeline(context.getStateStore(SEEN));
    this.counters = new Counters(context.getStateStore(COUNTS));
    this.decoders = Decoders.of(spec, () -> counters.add(Count.REGISTRY_RETRIES));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    try {
      if (topic.equals(spec.events().features().topic())) {
        decoded(decoders.features(), record).ifPresent(this::feature);
      } else {
        decoded(decoders.labels(), record).ifPresent(this::label);
      }
    } catch (EventException e) {
      counters.add(Count.DEAD_LETTERS, e.reason().name());
      context.forward(DeadLetter.of(record, e, context.recordMetadata()), DEAD_LETTERS);
    }
  }

  private Optional<UserRecord> decoded(RecordDecoder decoder, Record<byte[], byte[]> record) {
    Optional<UserRecord> event = decoder.decode(record).map(UserRecord::new);
    if (event.isEmpty()) {
      counters.add(Count.DELETED_AT_SOURCE);
    }
    return event;
  }

  private void feature(UserRecord event) {
    String id = event.text(spec.events().features().id());
    Instant time = event.time(spec.events().features().time(), latest());
    String entity = event.text(spec.events().features().entity());
    if (isSeen("row", id)) {
      counters.add(Count.DUPLICATES);
      return;
    }
    Row row =
        new Row(
            id,
            entity,
            time,
            spec.digest(),
            encoder.encode(event.json(), time, known.before(time, event.json())),
            encoder.groups(event.json()),
            Origin.STREAM);
    remember("row", id, time);
    counters.add(Count.ROWS);
    context.forward(new Record<>(id, rows.serialize("rows", row), time.toEpochMilli()), ROWS);
  }

  private void label(UserRecord event) {
    String id = event.text(spec.events().labels().id());
    Instant time = event.time(spec.events().labels().time(), latest());
    double value = decoders.label().of(event.json());
    counters.add(Count.LABELS);
    if (!isSeen("label", id)) {
      remember("label", id, time);
      JsonNode json = event.json();
      known.add(json, id, time.toEpochMilli(), value);
      known.forget(json, forgetBefore(time));
    }
    byte[] label = Json.write(new Label(id, value, time));
    context.forward(new Record<>(id, label, time.toEpochMilli()), LABELS);
  }

  private Instant latest() {
    return clock.instant().plus(spec.events().maxAhead());
  }

  private boolean isSeen(String kind, String id) {
    return seenStore.get(seenKey(kind, id)) != null;
  }

  /** Remembers an id for as long as a copy of its record may still be useful to anybody. */
  private void remember(String kind, String id, Instant time) {
    seenStore.put(seenKey(kind, id), new byte[0]);
    seen.put("@" + kind, time.toEpochMilli(), id, new byte[0]);
    seen.removeBefore("@" + kind, forgetBefore(time))
        .forEach(old -> seenStore.delete(seenKey(kind, old)));
  }

  /** A record ahead of the clock forgets no more than one of now: others have yet to come. */
  private long forgetBefore(Instant time) {
    long latest = Math.min(time.toEpochMilli(), clock.millis());
    return latest - 2 * spec.events().labelWithin().toMillis();
  }

  private static byte[] seenKey(String kind, String id) {
    return (kind + "\0" + id).getBytes(StandardCharsets.UTF_8);
  }
}
