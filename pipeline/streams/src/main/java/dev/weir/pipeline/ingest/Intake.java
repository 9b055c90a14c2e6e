package dev.weir.pipeline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.event.Arrival;
import dev.weir.contracts.event.Label;
import dev.weir.contracts.event.Origin;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.FeatureEncoder;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.decode.Decoders;
import dev.weir.pipeline.decode.RecordDecoder;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.WithStores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Checks the records of one of the user's topics, encodes what a record alone tells, and re-keys by
 * event id. It remembers nothing but its counters, so the topic may have any partitions and keys. A
 * record that cannot be used, be it in one of its two parts, becomes a dead letter with its reason
 * and its original bytes.
 */
public final class Intake implements Processor<byte[], byte[], Object, byte[]> {
  /** Child that writes dead letters, of all of a model's intakes. */
  public static final String DEAD_LETTERS = "intake-dead-letters";

  private final ModelSpec spec;
  private final Events events;
  private final IntakeSource source;
  private final SpecGeneration generation;
  private final Clock clock;
  private final FeatureEncoder encoder;
  private final DerivedInputs derived;
  private final Set<String> featureFields;
  private ProcessorContext<Object, byte[]> context;
  private Counters counters;
  private Decoders decoders;
  private IntakeOutput output;

  @SuppressWarnings("NullAway.Init")
  private Intake(ModelSpec spec, IntakeSource source, SpecGeneration generation, Clock clock) {
    this.spec = spec;
    this.generation = generation;
    this.events = spec.events();
    this.source = source;
    this.clock = clock;
    this.encoder = new FeatureEncoder(spec);
    this.derived = new DerivedInputs(spec);
    this.featureFields = IntakeSource.featureFields(spec);
  }

  /**
   * Returns the supplier of this processor with its store.
   *
   * @param generation which records this spec decides: of those only it writes dead letters, and it
   *     takes no events that are the next spec's alone
   * @param clock judges what lies too far ahead
   * @throws dev.weir.contracts.spec.SpecException if a schema or the label's expression is none
   */
  public static ProcessorSupplier<byte[], byte[], Object, byte[]> supplier(
      ModelSpec spec, IntakeSource source, SpecGeneration generation, Clock clock) {
    Decoders.requireReadable(spec);
    return new WithStores<>(
        () -> new Intake(spec, source, generation, clock), Set.of(Counters.store(counts(source))));
  }

  /** Returns the store of the counters of one source. */
  public static String counts(IntakeSource source) {
    return source.intake() + "-counts";
  }

  /** Returns the child that writes arrivals; there only where the spec derives features. */
  public static String arrivals(IntakeSource source) {
    return source.intake() + "-arrivals";
  }

  /** Returns the child that writes rows; there only where the spec derives nothing. */
  public static String rows(IntakeSource source) {
    return source.intake() + "-rows";
  }

  /** Returns the child that writes labels; there only where the spec derives nothing. */
  public static String labels(IntakeSource source) {
    return source.intake() + "-labels";
  }

  /** Returns the reasons by which dead letters are counted. */
  public static List<String> reasons() {
    return Stream.of(EventException.Reason.values()).map(Enum::name).toList();
  }

  @Override
  public void init(ProcessorContext<Object, byte[]> processorContext) {
    this.context = processorContext;
    this.counters = new Counters(context.getStateStore(counts(source)));
    this.decoders = Decoders.of(spec, () -> counters.add(Count.REGISTRY_RETRIES));
    boolean isDerived = !spec.derivedFeatures().isEmpty();
    this.output = new IntakeOutput(context, source, isDerived, counters);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from = context.recordMetadata().orElseThrow();
    boolean isPast = generation.isPast(from.topic(), from.partition(), from.offset());
    if (isPast && source == IntakeSource.FEATURES) {
      return;
    }
    boolean decides = generation.decides(from.topic(), from.partition(), from.offset());
    try {
      decoded(record)
          .map(each -> arrivals(each, isPast, decides ? Origin.STREAM : Origin.SHADOW))
          .ifPresent(all -> all.forEach(output::write));
    } catch (EventException e) {
      counters.add(Count.DEAD_LETTERS, e.reason().name());
      if (decides) {
        context.forward(DeadLetter.of(record, e, Optional.of(from)), DEAD_LETTERS);
      }
    }
  }

  private Optional<UserRecord> decoded(Record<byte[], byte[]> record) {
    RecordDecoder decoder = source.hasEvents() ? decoders.features() : decoders.labels();
    Optional<UserRecord> decoded = decoder.decode(record).map(UserRecord::new);
    if (decoded.isEmpty()) {
      counters.add(Count.DELETED_AT_SOURCE);
    }
    return decoded;
  }

  private List<Arrival> arrivals(UserRecord record, boolean isPast, Origin origin) {
    List<Arrival> arrivals = new ArrayList<>(2);
    if (!isPast && source.isEvent(record.json(), events, featureFields)) {
      arrivals.add(event(record, origin));
    }
    if (source.isLabel(record.json(), events)) {
      arrivals.add(label(record));
    }
    return arrivals;
  }

  private Arrival event(UserRecord record, Origin origin) {
    JsonNode json = record.json();
    String id = record.text(events.features().id());
    Instant time = record.time(events.features().time(), latest());
    Row row =
        new Row(
            id,
            record.text(events.features().entity()),
            time,
            spec.digest(),
            encoder.encode(json, time, feature -> Double.NaN),
            encoder.groups(json),
            origin);
    return new Arrival.OfEvent(row, derived.keys(json), derived.numbers(json));
  }

  private Arrival label(UserRecord record) {
    String id = record.text(events.labels().id());
    Instant time = record.time(events.labels().time(), latest());
    Label label = new Label(id, decoders.label().of(record.json()), time);
    return new Arrival.OfLabel(label, derived.labelKeys(record.json()));
  }

  private Instant latest() {
    return clock.instant().plus(events.maxAhead());
  }
}
