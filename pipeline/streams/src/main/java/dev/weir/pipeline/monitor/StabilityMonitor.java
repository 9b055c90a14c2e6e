package dev.weir.pipeline.monitor;

import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.Tick;
import dev.weir.contracts.event.Prediction;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.event.ServingRole;
import dev.weir.contracts.reference.Distribution;
import dev.weir.contracts.reference.ReferenceProfile;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.pipeline.state.WithStores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Reports the population stability index of each numeric feature and of the champion's predictions
 * against the champion's reference profile. It is never an alarm: over many features PSI is large
 * by chance, and rows of one day are not independent.
 *
 * <p>Windows follow one another: at the first tick with {@code triggers.drift.window} rows one is
 * reported and the next begins; a new champion begins both anew. The binning rule is part of the
 * detector's name.
 */
public final class StabilityMonitor implements Processor<String, byte[], String, byte[]> {
  private static final String STATE = "stability-state";
  private static final String REFERENCE = "reference/";
  private static final String FEATURES = "features";
  private static final String PREDICTION = "prediction";
  private static final String DECILES = "psi, reference deciles";
  private static final String TWENTIETHS = "psi, steps of 0.05";

  private final ModelSpec spec;
  private final TopicNames names;
  private final Deserializer<Row> rowReader = AvroSerde.rows().deserializer();
  private final Deserializer<Prediction> predictionReader = AvroSerde.predictions().deserializer();
  private ProcessorContext<String, byte[]> context;
  private KeyValueStore<String, byte[]> state;
  private Champion champion;
  private @Nullable Live live;

  /** The champion's windows, over the bins of its profile. */
  private record Live(List<Integer> positions, LiveWindow features, LiveWindow prediction) {
    static Live of(ReferenceProfile profile) {
      List<Integer> positions = new ArrayList<>();
      List<Distribution.Numbers> numbers = new ArrayList<>();
      for (int position = 0; position < profile.features().size(); position++) {
        if (profile.features().get(position) instanceof Distribution.Numbers each) {
          positions.add(position);
          numbers.add(each);
        }
      }
      return new Live(
          positions, new LiveWindow(numbers), new LiveWindow(List.of(profile.prediction())));
    }
  }

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
      state.delete(FEATURES);
      state.delete(PREDICTION);
      live = null;
    }
  }

  private void row(byte[] value) {
    Live windows = live();
    if (windows == null) {
      return;
    }
    Row row = rowReader.deserialize(names.of(Topics.ROWS), value);
    if (row.specDigest().equals(spec.digest())) {
      windows.features().add(i -> row.features().get(windows.positions().get(i)));
      state.put(FEATURES, windows.features().toBytes());
    }
  }

  private void prediction(byte[] value) {
    Live windows = live();
    if (windows == null) {
      return;
    }
    Prediction said = predictionReader.deserialize(names.of(Topics.PREDICTIONS), value);
    if (said.role() == ServingRole.CHAMPION && said.version() == champion.version()) {
      windows.prediction().add(i -> said.probability());
      state.put(PREDICTION, windows.prediction().toBytes());
    }
  }

  /** Returns the champion's windows; null while there is no champion or no profile of it. */
  private @Nullable Live live() {
    if (live == null) {
      byte[] profile = state.get(REFERENCE + champion.version());
      if (profile != null) {
        live = restored(Live.of(Json.read(profile, ReferenceProfile.class)));
      }
    }
    return live;
  }

  private Live restored(Live windows) {
    byte[] features = state.get(FEATURES);
    if (features != null) {
      windows.features().restore(features);
    }
    byte[] prediction = state.get(PREDICTION);
    if (prediction != null) {
      windows.prediction().restore(prediction);
    }
    return windows;
  }

  private void report(Instant now) {
    Live windows = live();
    if (windows != null) {
      report(windows.features(), FEATURES, DECILES, now);
      report(windows.prediction(), PREDICTION, TWENTIETHS, now);
    }
  }

  private void report(LiveWindow window, String key, String detector, Instant now) {
    if (window.size() < spec.triggers().drift().window()) {
      return;
    }
    for (LiveWindow.Stability each : window.report()) {
      Signal signal =
          new Signal(
              spec.model(),
              champion.version(),
              "drift",
              detector,
              each.name(),
              false,
              now,
              each.facts());
      context.forward(new Record<>(spec.model(), Json.write(signal), now.toEpochMilli()));
    }
    window.clear();
    state.delete(key);
  }
}
