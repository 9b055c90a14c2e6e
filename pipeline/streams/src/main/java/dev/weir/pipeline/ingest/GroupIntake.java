package dev.weir.pipeline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.event.GroupValues;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.feature.EventFields;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.Events;
import dev.weir.contracts.spec.GroupSpec;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.pipeline.decode.Decoders;
import dev.weir.pipeline.decode.RecordDecoder;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.WithStores;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Checks the records of the topic of group attributes, keeps the fields that the spec's groups read
 * and nothing else of them, and keys them by whom they are about. What cannot be used becomes a
 * dead letter among those of this topic, never among the others, which more people read.
 *
 * <p>A record that has none of the fields says nothing and is a dead letter; a field without a
 * value leaves what was said before.
 */
public final class GroupIntake implements Processor<byte[], byte[], Object, byte[]> {
  /** Child that writes group values. */
  public static final String VALUES = "intake-groups-values";

  /** Child that writes dead letters. */
  public static final String DEAD_LETTERS = "intake-groups-dead-letters";

  /** Store of this processor's counters. */
  public static final String COUNTS = "intake-groups-counts";

  private final ModelSpec spec;
  private final Events.GroupSource source;
  private final SpecGeneration generation;
  private final Clock clock;
  private final SortedSet<String> fields = new TreeSet<>();
  private ProcessorContext<Object, byte[]> context;
  private Counters counters;
  private RecordDecoder decoder;

  @SuppressWarnings("NullAway.Init")
  private GroupIntake(
      ModelSpec spec, Events.GroupSource source, SpecGeneration generation, Clock clock) {
    this.spec = spec;
    this.source = source;
    this.generation = generation;
    this.clock = clock;
    spec.groups().stream().map(GroupSpec::field).forEach(fields::add);
  }

  /**
   * Returns the supplier of this processor with its store.
   *
   * @param generation which records this spec decides: of those only it writes dead letters
   * @param clock judges what lies ahead
   * @throws dev.weir.contracts.spec.SpecException if the topic's schema is none
   */
  public static ProcessorSupplier<byte[], byte[], Object, byte[]> supplier(
      ModelSpec spec, Events.GroupSource source, SpecGeneration generation, Clock clock) {
    Decoders.groups(spec, source, () -> {});
    return new WithStores<>(
        () -> new GroupIntake(spec, source, generation, clock), Set.of(Counters.store(COUNTS)));
  }

  @Override
  public void init(ProcessorContext<Object, byte[]> processorContext) {
    this.context = processorContext;
    this.counters = new Counters(context.getStateStore(COUNTS));
    this.decoder = Decoders.groups(spec, source, () -> counters.add(Count.REGISTRY_RETRIES));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      Optional<UserRecord> decoded = decoder.decode(record).map(UserRecord::new);
      if (decoded.isEmpty()) {
        counters.add(Count.DELETED_AT_SOURCE);
        return;
      }
      GroupValues values = values(decoded.get(), record.timestamp());
      counters.add(Count.GROUP_VALUES);
      // The record's time is when it was said: what holds for years must not expire at once.
      context.forward(
          new Record<>(values.subject(), Json.write(values), said(record.timestamp())), VALUES);
    } catch (EventException e) {
      counters.add(Count.DEAD_LETTERS, e.reason().name());
      RecordMetadata from = context.recordMetadata().orElseThrow();
      if (generation.decides(from.topic(), from.partition(), from.offset())) {
        context.forward(DeadLetter.of(record, e, Optional.of(from)), DEAD_LETTERS);
      }
    }
  }

  private GroupValues values(UserRecord record, long timestamp) {
    String subject = record.text(source.subject());
    String time = source.time();
    Instant since =
        time == null
            ? Instant.ofEpochMilli(said(timestamp))
            : record.time(time, clock.instant().plus(spec.events().maxAhead()));
    Map<String, String> values = new TreeMap<>();
    for (String field : fields) {
      JsonNode value = record.json().path(field);
      EventFields.groupingValue(value, field).ifPresent(v -> values.put(field, v));
    }
    if (values.isEmpty()) {
      throw new EventException(
          EventException.Reason.MISSING_FIELD,
          "the record has none of the fields that groups read: " + String.join(", ", fields));
    }
    return new GroupValues(subject, since, values);
  }

  /** Ahead of the clock counts as now, before 1970 as 1970: Kafka takes no earlier timestamp. */
  private long said(long timestamp) {
    return Math.max(0, Math.min(timestamp, clock.millis()));
  }
}
