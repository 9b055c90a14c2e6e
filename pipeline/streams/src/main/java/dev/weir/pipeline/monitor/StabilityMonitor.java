package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.WithStores;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;

/** Counts rows and predictions of the only partition for {@link PopulationStability}. */
public final class StabilityMonitor implements Processor<String, byte[], String, byte[]> {
  private static final String STATE = "stability-state";
  private static final String REFERENCE = "reference/";
  private static final String TALLY = "tally";

  private final ModelSpec spec;
  private final TopicNames names;
  private final Deserializer<Row> rowReader = AvroSerde.rows().deserializer();
  private final Deserializer<Prediction> predictionReader = AvroSerde.predictions().deserializer();
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> state;
  private Champion champion;
  private Monitor monitor;
  private @Nullable RowCounter counter;

  @SuppressWarnings("NullAway.Init")
  private StabilityMonitor(ModelSpec spec, TopicNames names) {
    this.spec = spec;
    this.names = names;
  }

  /** Returns the supplier of this processor with its store. */
  public static ProcessorSupplier<String, byte[], String, byte[]> supplier(
      ModelSpec spec, TopicNames names) {
    // Cached: a window is written per commit, not per row.
    return new WithStores<>(
        () -> new StabilityMonitor(spec, names),
        Set.of(
            Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(STATE), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled()));
  }

  @Override
  public void init(ProcessorContext<String, byte[]> processorContext) {
    this.context = processorContext;
    this.state = context.getStateStore(STATE);
    this.champion = new Champion(spec.model(), state);
    this.monitor = new PopulationStability(spec);
    byte[] kept = state.get(monitor.name());
    if (kept != null) {
      monitor.restore(kept);
    }
  }

  @Override
  public void process(Record<String, byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElse("");
    if (topic.equals(names.of(Topics.REFERENCES))) {
      reference(record);
    } else if (topic.equals(names.of(Topics.DEPLOYMENTS))) {
      deployed(Json.read(record.value(), Deployment.class));
    } else if (topic.equals(names.of(Topics.ROWS))) {
      row(record.value());
    } else if (topic.equals(names.of(Topics.PREDICTIONS))) {
      prediction(record.value());
    } else {
      report(Json.read(record.value(), Tick.class).time());
    }
  }

  private void reference(Record<String, byte[]> record) {
    String prefix = spec.model() + "/";
    if (record.value() != null && record.key().startsWith(prefix)) {
      state.put(REFERENCE + record.key().substring(prefix.length()), record.value());
    }
  }

  private void deployed(Deployment deployment) {
    int before = champion.version();
    if (champion.follow(deployment)) {
      state.delete(REFERENCE + before);
      state.delete(TALLY);
      monitor.champion(champion.version(), null);
      state.put(monitor.name(), monitor.toBytes());
      counter = null;
    }
  }

  private void row(byte[] value) {
    RowCounter counting = counter();
    if (counting == null) {
      return;
    }
    Row row = rowReader.deserialize(names.of(Topics.ROWS), value);
    if (row.specDigest().equals(spec.digest())) {
      counting.row(row.features());
      state.put(TALLY, counting.tally().toBytes());
    }
  }

  private void prediction(byte[] value) {
    RowCounter counting = counter();
    if (counting == null) {
      return;
    }
    Prediction said = predictionReader.deserialize(names.of(Topics.PREDICTIONS), value);
    if (said.role() == ServingRole.CHAMPION && said.version() == champion.version()) {
      counting.prediction(said.probability());
      state.put(TALLY, counting.tally().toBytes());
    }
  }

  /** Returns the champion's counter; null while there is no champion or no profile of it. */
  private @Nullable RowCounter counter() {
    byte[] profile = counter == null ? state.get(REFERENCE + champion.version()) : null;
    if (profile != null) {
      ReferenceProfile reference = Json.read(profile, ReferenceProfile.class);
      monitor.champion(champion.version(), reference);
      RowCounter counting = new RowCounter(champion.version(), reference);
      byte[] counted = state.get(TALLY);
      if (counted != null) {
        counting.tally().add(RowTally.fromBytes(counted));
      }
      counter = counting;
    }
    return counter;
  }

  private void report(Instant now) {
    RowCounter counting = counter();
    if (counting == null) {
      return;
    }
    monitor.rows(counting.tally());
    for (Signal signal : monitor.tick(now)) {
      context.forward(new Record<>(spec.model(), Json.write(signal), now.toEpochMilli()));
    }
    counting.tally().clear();
    state.delete(TALLY);
    state.put(monitor.name(), monitor.toBytes());
  }
}
