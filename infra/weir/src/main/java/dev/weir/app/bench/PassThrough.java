package dev.weir.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.contracts.serde.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The least that an exactly-once topology over JSON does: each record is parsed to a tree and
 * written again, to one topic for each input. All settings are Kafka Streams' defaults, among them
 * one thread and a commit each 100 ms.
 */
final class PassThrough implements Side {
  static final String COPY = "-copy";

  private static final Serdes.ByteArraySerde BYTES = new Serdes.ByteArraySerde();

  private final KafkaStreams streams;
  private volatile Optional<Throwable> failure = Optional.empty();

  PassThrough(BenchModel model, Map<String, Object> client, Path state) {
    Properties settings = new Properties();
    settings.putAll(client);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "pass-through-" + model.spec().model());
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    this.streams = new KafkaStreams(topology(model), settings);
    streams.setUncaughtExceptionHandler(
        e -> {
          failure = Optional.of(e);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
  }

  private static Topology topology(BenchModel model) {
    Topology topology = new Topology();
    for (String topic : model.userTopics()) {
      topology.addSource("from-" + topic, BYTES.deserializer(), BYTES.deserializer(), topic);
      topology.addProcessor("copy-" + topic, Copy::new, "from-" + topic);
      topology.addSink(
          "to-" + topic, topic + COPY, BYTES.serializer(), BYTES.serializer(), "copy-" + topic);
    }
    return topology;
  }

  /** Reads and writes as the pipeline does. */
  private static final class Copy extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    @Override
    public void process(Record<byte[], byte[]> record) {
      JsonNode json = Json.read(record.value(), JsonNode.class);
      context().forward(record.withValue(Json.write(json)));
    }
  }

  @Override
  public void start() {
    streams.start();
  }

  @Override
  public boolean isRunning() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  @Override
  public Map<TopicPartition, Long> committed() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    streams
        .metadataForLocalThreads()
        .forEach(
            thread ->
                thread.activeTasks().forEach(task -> committed.putAll(task.committedOffsets())));
    return committed;
  }

  @Override
  public Optional<Throwable> failure() {
    return failure;
  }

  @Override
  public void close() {
    streams.close();
  }
}
