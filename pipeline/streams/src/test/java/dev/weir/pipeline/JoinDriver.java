package dev.weir.pipeline;

import dev.weir.contracts.event.Example;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.joinoracle.BatchJoin.Arrival;
import dev.weir.pipeline.join.EventJoin;
import dev.weir.pipeline.state.WithStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The label join alone, for many events. Its stores are in memory and have no changelog, because
 * the test driver commits after each record: with the whole pipeline's stores it flushes files and
 * compiles one pattern per source topic for each changelog record, 50 times the join's own cost.
 */
final class JoinDriver implements AutoCloseable {
  private static final TopicNames NAMES = PipelineDriver.NAMES;
  private static final StringSerializer TEXT = new StringSerializer();

  private final ModelSpec spec;
  private final TopologyTestDriver driver;
  private final Map<Topics, TestInputTopic<String, byte[]>> inputs = new EnumMap<>(Topics.class);
  private final TestOutputTopic<byte[], byte[]> examples;
  private final JoinRecords records;

  JoinDriver(Path state, ModelSpec spec) {
    this.spec = spec;
    this.records = new JoinRecords(spec);
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "join");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    // Otherwise it writes a checkpoint file after each record.
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    this.driver = new TopologyTestDriver(JoinRecords.topology(spec, NAMES, light(spec)), settings);
    for (Topics topic : JoinRecords.inputs(spec)) {
      inputs.put(topic, driver.createInputTopic(NAMES.of(topic), TEXT, new ByteArraySerializer()));
    }
    this.examples =
        driver.createOutputTopic(
            NAMES.of(Topics.EXAMPLES), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static ProcessorSupplier<String, byte[], String, byte[]> light(ModelSpec spec) {
    ProcessorSupplier<String, byte[], String, byte[]> join =
        EventJoin.supplier(spec, NAMES, Duration.ZERO, Stores::inMemoryKeyValueStore);
    Set<StoreBuilder<?>> stores = new HashSet<>();
    join.stores().forEach(each -> stores.add(each.withLoggingDisabled()));
    return new WithStores<>(join::get, stores);
  }

  void send(Arrival arrival, int start) {
    pipe(JoinRecords.topic(arrival), arrival.id(), records.value(arrival, start));
  }

  void tick(int minute) {
    pipe(Topics.TICKS, spec.model(), JoinRecords.tick(minute));
  }

  private void pipe(Topics topic, String key, byte[] value) {
    inputs.get(topic).pipeInput(key, value, PipelineDriver.START);
  }

  List<Example> examples() {
    var reader = AvroSerde.examples().deserializer();
    return examples.readValuesToList().stream().map(v -> reader.deserialize("", v)).toList();
  }

  Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    try (KeyValueIterator<String, Long> all =
        driver.<String, Long>getKeyValueStore(EventJoin.COUNTS).all()) {
      all.forEachRemaining(entry -> counts.put(entry.key, entry.value));
    }
    return counts;
  }

  /** Returns how many entries each store has, but for counters and clock. */
  Map<String, Integer> open() {
    Map<String, Integer> sizes = new TreeMap<>();
    driver
        .getAllStateStores()
        .forEach(
            (name, store) -> {
              if (!name.matches("join-(counts|clock)") && store instanceof KeyValueStore<?, ?> s) {
                sizes.put(name, PipelineDriver.size(s));
              }
            });
    return sizes;
  }

  @Override
  public void close() {
    driver.close();
  }
}
