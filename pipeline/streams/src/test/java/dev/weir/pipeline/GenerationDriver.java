package dev.weir.pipeline;

import dev.weir.contracts.control.SpecGeneration;
import dev.weir.contracts.event.Example;
import dev.weir.contracts.event.Row;
import dev.weir.contracts.serde.AvroSerde;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.spec.ModelSpec;
import dev.weir.contracts.spec.SpecReader;
import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import dev.weir.testkit.time.MutableClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology of one of the specs of a model, in the test driver. */
final class GenerationDriver implements AutoCloseable {
  private final TopicNames names;
  private final TopologyTestDriver driver;

  GenerationDriver(Path state, ModelSpec spec, SpecGeneration generation) {
    this.names = generation.names(PipelineDriver.NAMES);
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "generation-" + generation.number());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    this.driver =
        new TopologyTestDriver(
            PipelineTopology.of(spec, names, generation, 1, MutableClock.at(PipelineDriver.START)),
            settings);
  }

  /** The second spec of the model of {@code small.yaml}: another window, so other features. */
  static ModelSpec second(ModelSpec first) {
    String text =
        first
            .text()
            .replace("version: 1", "version: 2")
            .replace("PT1H, by: shop", "PT2H, by: shop");
    return SpecReader.parse("second.yaml", text);
  }

  void send(Topics topic, String key, Object value) {
    send(names.of(topic), PipelineDriver.bytes(key), Json.write(value));
  }

  void send(String topic, byte[] key, byte[] value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, PipelineDriver.START));
  }

  List<TestRecord<byte[], byte[]>> read(Topics topic) {
    return driver
        .createOutputTopic(
            names.of(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  <T> List<T> read(Topics topic, Class<T> type) {
    return read(topic).stream().map(record -> Json.read(record.value(), type)).toList();
  }

  List<Row> rows() {
    return read(Topics.ROWS).stream()
        .map(record -> AvroSerde.rows().deserializer().deserialize("r", record.value()))
        .toList();
  }

  List<Example> examples() {
    return read(Topics.EXAMPLES).stream()
        .map(record -> AvroSerde.examples().deserializer().deserialize("e", record.value()))
        .toList();
  }

  String topic(Topics topic) {
    return names.of(topic);
  }

  @Override
  public void close() {
    driver.close();
  }
}
