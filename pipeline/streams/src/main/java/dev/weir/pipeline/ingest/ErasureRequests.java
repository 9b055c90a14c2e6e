package dev.weir.pipeline.ingest;

import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.event.Erasure;
import dev.weir.contracts.feature.EventException;
import dev.weir.contracts.serde.Json;
import dev.weir.pipeline.state.Count;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.WithStores;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Turns tombstones of the user's topic, whose key is an entity id, into erasures. Records with a
 * value are passed over. A tombstone that is ahead of the clock counts as one of now: it must not
 * keep out what is yet to happen.
 */
public final class ErasureRequests implements Processor<byte[], byte[], Object, byte[]> {
  /** Child that writes erasures to every partition. */
  public static final String ERASURES = "erasures-sink";

  /** Child that tells the stage that derives; there only where the spec derives features. */
  public static final String ARRIVALS = "erasure-arrivals-sink";

  /** Child that writes dead letters. */
  public static final String DEAD_LETTERS = "erasure-dead-letters-sink";

  /** Store of this processor's counters. */
  public static final String COUNTS = "erasure-counts";

  private final SpecGeneration generation;
  private final Clock clock;
  private final boolean isDerived;
  private ProcessorContext<Object, byte[]> context;
  private Counters counters;

  @SuppressWarnings("NullAway.Init")
  private ErasureRequests(SpecGeneration generation, Clock clock, boolean isDerived) {
    this.generation = generation;
    this.clock = clock;
    this.isDerived = isDerived;
  }

  /**
   * Returns the supplier of this processor with its store; all specs erase.
   *
   * @param generation the spec among those of the model
   * @param clock judges what is ahead
   * @param isDerived whether a stage derives features, which must forget too
   */
  public static ProcessorSupplier<byte[], byte[], Object, byte[]> supplier(
      SpecGeneration generation, Clock clock, boolean isDerived) {
    return new WithStores<>(
        () -> new ErasureRequests(generation, clock, isDerived), Set.of(Counters.store(COUNTS)));
  }

  /** Returns what sends each erasure to all partitions: an entity's events may be in any. */
  public static StreamPartitioner<String, byte[]> toAll() {
    return (topic, key, value, partitions) ->
        Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()));
  }

  @Override
  public void init(ProcessorContext<Object, byte[]> processorContext) {
    this.context = processorContext;
    this.counters = new Counters(context.getStateStore(COUNTS));
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (record.value() != null) {
      return;
    }
    byte[] key = record.key();
    if (key == null || key.length == 0) {
      EventException why =
          new EventException(
              EventException.Reason.MISSING_FIELD,
              "a tombstone without a key erases nobody; send the entity's id as its key");
      counters.add(Count.DEAD_LETTERS, why.reason().name());
      RecordMetadata from = context.recordMetadata().orElseThrow();
      if (generation.decides(from.topic(), from.partition(), from.offset())) {
        context.forward(DeadLetter.of(record, why, Optional.of(from)), DEAD_LETTERS);
      }
      return;
    }
    String entity = new String(key, StandardCharsets.UTF_8);
    long time = Math.max(0, Math.min(record.timestamp(), clock.millis()));
    byte[] erasure = Json.write(new Erasure(entity, Instant.ofEpochMilli(time)));
    context.forward(new Record<>(entity, erasure, time), ERASURES);
    if (isDerived) {
      context.forward(new Record<>(entity, null, time), ARRIVALS);
    }
  }
}
