package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.WithStores;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Gives {@link ResidualDrift} the outcomes of the only partition, and forwards its alarms. */
public final class DriftMonitor implements Processor<String, byte[], String, byte[]> {
  private static final String STATE = "monitor-state";

  private final ModelSpec spec;
  private final TopicNames names;
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> state;
  private Champion champion;
  private Monitor monitor;

  @SuppressWarnings("NullAway.Init")
  private DriftMonitor(ModelSpec spec, TopicNames names) {
    this.spec = spec;
    this.names = names;
  }

  /** Returns the supplier of this processor with its store. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names) {
    return new WithStores<>(
        () -> new DriftMonitor(spec, names),
        Set.of(
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(STATE), Serdes.String(), Serdes.ByteArray())));
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.state = context.getStateStore(STATE);
    this.champion = new Champion(spec.model(), state);
    this.monitor = new ResidualDrift(spec);
    byte[] kept = state.get(monitor.name());
    if (kept != null) {
      monitor.restore(kept);
    }
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(names.of(Topics.DEPLOYMENTS))) {
      deployed(Json.read(record.value(), Deployment.class));
    } else {
      observe(Watched.of(Json.read(record.value(), Outcome.class)));
    }
  }

  private void deployed(Deployment deployment) {
    if (champion.follow(deployment)) {
      monitor.champion(champion.version(), null);
      state.put(monitor.name(), monitor.toBytes());
    }
  }

  /** Alarms are told at once and not with the tick, which comes to the trigger on another way. */
  private void observe(Watched outcome) {
    if (!outcome.isDecisionOf(champion.version())) {
      return;
    }
    monitor.outcome(outcome);
    for (Signal signal : monitor.tick(outcome.labelTime())) {
      context.forward(
          new Record<>(spec.model(), Json.write(signal), signal.eventTime().toEpochMilli()));
    }
    state.put(monitor.name(), monitor.toBytes());
  }
}
