package dev.weir.pipeline.trigger;

import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.policy.Verdict;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.Triggers;
import dev.weir.contracts.topic.OffsetRange;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.WithStores;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Decides when to train, and on which offsets: at enough examples while nothing serves, then after
 * each alarm when enough new examples have come. A request that came to nothing is made again after
 * as many new examples. One request of a model is open at a time. It decides on ticks.
 *
 * <p>It needs all examples in one partition. The offset of each of the last ones is kept, as
 * transaction markers leave gaps between them.
 */
public final class Trigger implements Processor<String, byte[], String, byte[]> {
  private static final String STATE = "trigger-state";
  private static final String OFFSETS = "trigger-offsets";
  private static final String KEY = "state";

  /** Stands among the numbers of examples for the last correction of one. */
  private static final long LAST_CORRECTION = -1;

  private final ModelSpec spec;
  private final TopicNames names;
  private final Deserializer<Example> exampleReader = AvroSerde.examples().deserializer();
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> stateStore;
  private KeyValueStore<Long, byte[]> offsets;

  @SuppressWarnings("NullAway.Init")
  private Trigger(ModelSpec spec, TopicNames names) {
    this.spec = spec;
    this.names = names;
  }

  /** Returns the supplier of this processor with its stores. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names) {
    return new WithStores<>(
        () -> new Trigger(spec, names),
        Set.of(
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(STATE), Serdes.String(), Serdes.ByteArray()),
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(OFFSETS), Serdes.Long(), Serdes.ByteArray())));
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.stateStore = context.getStateStore(STATE);
    this.offsets = context.getStateStore(OFFSETS);
  }

  @Override
  public void process(Record<String, byte[]> record) {
    RecordMetadata source = context.recordMetadata().orElseThrow();
    TriggerState before = state();
    TriggerState after = before;
    if (source.topic().equals(names.of(Topics.EXAMPLES))) {
      after = example(before, record.value(), source.offset());
    } else if (source.topic().equals(names.of(Topics.SIGNALS))) {
      after = signal(before, Json.read(record.value(), Signal.class));
    } else if (source.topic().equals(names.of(Topics.CANDIDATES))) {
      after = candidate(before, Json.read(record.value(), Candidate.class));
    } else if (source.topic().equals(names.of(Topics.AUDITS))) {
      after = audit(before, Json.read(record.value(), Audit.class));
    } else if (source.topic().equals(names.of(Topics.DEPLOYMENTS))) {
      after = deployment(before, Json.read(record.value(), Deployment.class));
    } else if (source.topic().equals(names.of(Topics.TICKS))) {
      after = decide(before, Json.read(record.value(), Tick.class).time());
    }
    if (!after.equals(before)) {
      stateStore.put(KEY, Json.write(after));
    }
  }

  private TriggerState state() {
    byte[] bytes = stateStore.get(KEY);
    return bytes == null ? TriggerState.initial() : Json.read(bytes, TriggerState.class);
  }

  /** A correction is no further example; a range that ends after it includes it. */
  private TriggerState example(TriggerState state, byte[] value, long offset) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(offset).array();
    if (exampleReader.deserialize(names.of(Topics.EXAMPLES), value).revision() > 1) {
      offsets.put(LAST_CORRECTION, bytes);
      return state;
    }
    long number = state.examples();
    offsets.put(number, bytes);
    long keep = Math.max(spec.triggers().drift().window(), spec.triggers().volume().examples());
    if (number > 2 * keep) {
      // The first one stays: the first request begins there, however late its tick comes.
      offsets.delete(number - 2 * keep);
    }
    return state.withExample();
  }

  private TriggerState signal(TriggerState state, Signal signal) {
    boolean isNews =
        signal.model().equals(spec.model())
            && signal.isAlarm()
            && state.openRequest() == null
            && state.alarmAt() == null;
    if (!isNews) {
      return state;
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s alarm on the %s of v%d: mean %.3f before, %.3f after",
            signal.detector(),
            signal.signal(),
            signal.version(),
            signal.facts().getOrDefault("meanBefore", Double.NaN),
            signal.facts().getOrDefault("meanAfter", Double.NaN));
    return state.withAlarm(signal.eventTime(), text);
  }

  private static TriggerState candidate(TriggerState state, Candidate candidate) {
    boolean isInVain =
        candidate.request().requestId().equals(state.openRequest())
            && candidate.status() == Candidate.Status.FAILED;
    return isInVain ? state.closed() : state;
  }

  private static TriggerState audit(TriggerState state, Audit audit) {
    boolean isRefused =
        audit.requestId().equals(state.openRequest())
            && audit.isFinal()
            && !(audit.verdict() instanceof Verdict.Pass);
    return isRefused ? state.closed() : state;
  }

  private TriggerState deployment(TriggerState state, Deployment deployment) {
    if (!deployment.model().equals(spec.model())) {
      return state;
    }
    TriggerState after =
        state.withChampion(
            deployment.change() == Deployment.Change.PROMOTED, deployment.champion() != null);
    boolean isEnd = deployment.change() != Deployment.Change.SHADOWED;
    return isEnd && deployment.requestId().equals(state.openRequest()) ? after.closed() : after;
  }

  private TriggerState decide(TriggerState state, Instant now) {
    if (state.openRequest() != null) {
      return state;
    }
    Triggers.OnDrift drift = spec.triggers().drift();
    if (!state.hasChampion() && state.fresh() >= spec.triggers().volume().examples()) {
      String reason = state.examples() + " labelled examples";
      return request(state, now, "volume", reason, state.examples());
    }
    boolean isDue =
        state.alarmAt() != null && state.fresh() >= drift.waitForExamples() && isCool(state, now);
    if (isDue) {
      String reason = state.alarmText() + "; " + state.fresh() + " examples since";
      return request(state, now, "drift", reason, drift.window());
    }
    return state;
  }

  private boolean isCool(TriggerState state, Instant now) {
    return Optional.ofNullable(state.lastRequestAt())
        .map(last -> !now.isBefore(last.plus(spec.triggers().drift().cooldown())))
        .orElse(true);
  }

  private TriggerState request(
      TriggerState state, Instant now, String trigger, String reason, long window) {
    String id = String.format(Locale.ROOT, "%s-%04d", spec.model(), state.requests() + 1);
    long first = Math.max(0, state.examples() - window);
    List<OffsetRange> range =
        List.of(new OffsetRange(names.of(Topics.EXAMPLES), 0, offset(first), end(state)));
    TrainingRequest request =
        new TrainingRequest(
            id,
            spec.model(),
            spec.digest(),
            trigger,
            reason,
            range,
            range,
            now,
            spec.training().seed() + state.requests());
    context.forward(new Record<>(spec.model(), Json.write(request), now.toEpochMilli()));
    return state.withOpen(id, now);
  }

  private long end(TriggerState state) {
    long last = offset(state.examples() - 1);
    byte[] correction = offsets.get(LAST_CORRECTION);
    return 1 + (correction == null ? last : Math.max(last, ByteBuffer.wrap(correction).getLong()));
  }

  private long offset(long number) {
    byte[] bytes = offsets.get(number);
    if (bytes == null) {
      throw new IllegalStateException("offset of example " + number + " is no longer kept");
    }
    return ByteBuffer.wrap(bytes).getLong();
  }
}
