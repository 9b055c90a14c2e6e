package dev.weir.pipeline.watermark;

import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.epoch.WatchKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Reports how far one partition's rows and labels have come, twice between two looks of the
 * watermark while records come, and every second look while none do.
 *
 * <p>It stands beside the label join and reads what the join reads, so that a report comes only
 * after the join has taken the records behind it. A task that is not at work reports nothing, and
 * so holds the watermark: only a task that looks can say that nothing is there. A task that waited
 * for a broker, or whose machine slept, did not look.
 */
public final class ProgressReporter implements Processor<String, byte[], String, byte[]> {
  private static final long LOOKS_PER_QUIET_REPORT = 4;

  private final String labelsTopic;
  private final Clock clock;
  private final WatermarkRules rules;
  private InputClock rows;
  private InputClock labels;
  private Map<String, InputClock> origins;
  private long lookedMillis;
  private WallTime wallTime;
  private ProcessorContext<String, byte[]> context;
  private long looks;

  @SuppressWarnings("NullAway.Init")
  private ProgressReporter(TopicNames names, Clock clock, WatermarkRules rules) {
    this.labelsTopic = names.of(Topics.LABELS);
    this.clock = clock;
    this.rules = rules;
  }

  /** Returns the supplier of this processor; the clock gives wall time. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      TopicNames names, Clock clock, WatermarkRules rules) {
    return () -> new ProgressReporter(names, clock, rules);
  }

  /**
   * Begins anew: a task whose transaction was rolled back gets its processors back, reads again
   * what it had read, and has come as far as that only.
   */
  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.rows = new InputClock();
    this.labels = new InputClock();
    this.origins = new TreeMap<>();
    this.lookedMillis = 0;
    this.wallTime = new WallTime(rules.longestStepMillis());
    Duration lookEvery = Duration.ofMillis(Math.max(1, rules.lookEvery().toMillis() / 2));
    context.schedule(lookEvery, PunctuationType.WALL_CLOCK_TIME, now -> look());
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    long now = clock.millis();
    (topic.equals(labelsTopic) ? labels : rows).read(record.timestamp(), now);
    String origin = Origins.of(record.headers());
    if (origin != null) {
      origins.computeIfAbsent(origin, name -> new InputClock()).read(record.timestamp(), now);
    }
  }

  private void look() {
    long now = clock.millis();
    long elapsed = wallTime.elapsed(now);
    boolean hasRows = rows.look(elapsed);
    boolean hasLabels = labels.look(elapsed);
    origins.values().forEach(origin -> origin.look(elapsed));
    lookedMillis += elapsed;
    if (wallTime.isLate()) {
      lookedMillis = 0;
      inputs().forEach(InputClock::forgetQuiet);
    }
    if (hasRows || hasLabels || looks % LOOKS_PER_QUIET_REPORT == 0 || becomesIdle(elapsed)) {
      report(now);
    }
    looks++;
  }

  private boolean becomesIdle(long elapsed) {
    return inputs().anyMatch(input -> becomesIdle(input.progress(), elapsed));
  }

  private boolean becomesIdle(PartitionProgress.Input input, long elapsed) {
    long idle = rules.idleAfter().toMillis();
    return input.quietMillis() >= idle && input.quietMillis() - elapsed < idle;
  }

  private Stream<InputClock> inputs() {
    return Stream.concat(Stream.of(rows, labels), origins.values().stream());
  }

  private void report(long now) {
    Map<String, PartitionProgress.Input> byOrigin = new TreeMap<>();
    origins.forEach((name, input) -> byOrigin.put(name, input.progress()));
    PartitionProgress progress =
        new PartitionProgress(
            context.taskId().partition(),
            rows.progress(),
            labels.progress(),
            lookedMillis,
            byOrigin);
    context.forward(new Record<>(WatchKind.PROGRESS.key(), Json.write(progress), now));
  }
}
