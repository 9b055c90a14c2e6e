package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.event.Outcome;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.WithStores;
import dev.weir.statistics.drift.Adwin;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * ADWIN on the champion's signed residual {@code (p − y + 1) / 2}, begun anew with each champion.
 * (On the error it is blind to a drift in which the model goes on predicting what no longer comes.)
 */
public final class DriftMonitor implements Processor<String, byte[], String, byte[]> {
  private static final String STATE = "monitor-state";
  private static final String ADWIN = "adwin";

  private final ModelSpec spec;
  private final TopicNames names;
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> state;
  private Champion champion;

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
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(names.of(Topics.DEPLOYMENTS))) {
      deployed(Json.read(record.value(), Deployment.class));
    } else {
      observe(Json.read(record.value(), Outcome.class));
    }
  }

  private void deployed(Deployment deployment) {
    if (champion.follow(deployment)) {
      state.delete(ADWIN);
    }
  }

  private void observe(Outcome outcome) {
    boolean isChampions =
        outcome.prediction().role() == ServingRole.CHAMPION
            && outcome.prediction().version() == champion.version();
    if (!isChampions) {
      return;
    }
    byte[] bytes = state.get(ADWIN);
    Adwin adwin =
        bytes == null ? new Adwin(spec.triggers().drift().delta()) : Adwin.fromBytes(bytes);
    double before = adwin.estimation();
    double residual = (outcome.prediction().probability() - outcome.label() + 1) / 2;
    boolean isAlarm = adwin.update(residual);
    state.put(ADWIN, adwin.toBytes());
    if (isAlarm) {
      alarm(outcome, adwin, before);
    }
  }

  private void alarm(Outcome outcome, Adwin adwin, double before) {
    Map<String, Double> facts =
        Map.of(
            "meanBefore", 2 * before - 1,
            "meanAfter", 2 * adwin.estimation() - 1,
            "width", (double) adwin.width());
    Signal signal =
        new Signal(
            spec.model(),
            outcome.prediction().version(),
            "drift",
            "adwin",
            "residual",
            true,
            outcome.labelTime(),
            facts);
    context.forward(
        new Record<>(spec.model(), Json.write(signal), outcome.labelTime().toEpochMilli()));
  }
}
