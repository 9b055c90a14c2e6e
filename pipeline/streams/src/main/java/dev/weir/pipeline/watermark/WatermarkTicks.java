package dev.weir.pipeline.watermark;

import dev.weir.contracts.control.Tick;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.epoch.WatchKind;
import dev.weir.pipeline.state.Counters;
import dev.weir.pipeline.state.WithStores;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes the ticks of a free run: the watermark of rows and labels over all partitions, whenever it
 * has moved by 1/360 of the spec's tick (one minute where that is six hours). It reads the ticks
 * back, so that a later one is never earlier, whoever wrote the former.
 *
 * <p>One task does it for all partitions, from the reports on {@code watch}.
 */
public final class WatermarkTicks implements Processor<String, byte[], String, byte[]> {
  private static final String STATE = "watermark-state";
  private static final String NUMBER = "number";
  private static final String TICKED = "ticked";
  private static final String REACHED = "reached:";
  private static final int TICKS_PER_SPEC_TICK = 360;

  private final String model;
  private final String ticksTopic;
  private final long stepMillis;
  private final Clock clock;
  private final WatermarkRules rules;
  private final int partitions;
  private Watermark watermark;
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, Long> state;

  @SuppressWarnings("NullAway.Init")
  private WatermarkTicks(
      ModelSpec spec, TopicNames names, int partitions, Clock clock, WatermarkRules rules) {
    this.model = spec.model();
    this.ticksTopic = names.of(Topics.TICKS);
    this.stepMillis = Math.max(1, spec.events().tick().toMillis() / TICKS_PER_SPEC_TICK);
    this.clock = clock;
    this.rules = rules;
    this.partitions = partitions;
  }

  /**
   * Returns the supplier of this processor with its store; the clock gives wall time.
   *
   * @param partitions partitions of rows and labels, all of which hold the watermark
   */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names, int partitions, Clock clock, WatermarkRules rules) {
    return new WithStores<>(
        () -> new WatermarkTicks(spec, names, partitions, clock, rules),
        Set.of(Counters.store(STATE)));
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.state = context.getStateStore(STATE);
    this.watermark = new Watermark(partitions, rules);
    try (KeyValueIterator<String, Long> all = state.prefixScan(REACHED, new StringSerializer())) {
      all.forEachRemaining(
          reached -> watermark.restore(reached.key.substring(REACHED.length()), reached.value));
    }
    Long ticked = state.get(TICKED);
    if (ticked != null) {
      watermark.raise(ticked);
    }
    context.schedule(rules.lookEvery(), PunctuationType.WALL_CLOCK_TIME, wallTime -> look());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (WatchKind.PROGRESS.key().equals(record.key()) && !topic.equals(ticksTopic)) {
      watermark.report(Json.read(record.value(), PartitionProgress.class));
    } else if (topic.equals(ticksTopic)) {
      Tick tick = Json.read(record.value(), Tick.class);
      watermark.raise(tick.time().toEpochMilli());
      ticked(tick);
    }
  }

  private void look() {
    watermark.look(clock.millis());
    watermark.reached().forEach((input, time) -> raise(REACHED + input, time));
    watermark.time().ifPresent(this::tickIfDue);
  }

  private void tickIfDue(long time) {
    Long ticked = state.get(TICKED);
    if (ticked != null && time - ticked < stepMillis) {
      return;
    }
    Long number = state.get(NUMBER);
    Tick tick = new Tick(number == null ? 1 : number + 1, Instant.ofEpochMilli(time));
    ticked(tick);
    context.forward(new Record<>(model, Json.write(tick), time));
  }

  private void ticked(Tick tick) {
    raise(NUMBER, tick.number());
    raise(TICKED, tick.time().toEpochMilli());
  }

  /** Each write goes to the changelog, so one that changes nothing is left out. */
  private void raise(String key, long to) {
    Long before = state.get(key);
    if (before == null || before < to) {
      state.put(key, to);
    }
  }
}
