package dev.weir.serving.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.contracts.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** An outlet that writes to Kafka, idempotently and acknowledged by all replicas. */
public final class KafkaOutlet implements Outlet, AutoCloseable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final String prefix;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /**
   * Creates an outlet.
   *
   * @param prefix first part of the topics' names
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   */
  public KafkaOutlet(String prefix, Map<String, Object> client) {
    this.prefix = prefix;
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_MESSAGE_BYTES);
    settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 2);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void send(Topics topic, String model, String key, Instant time, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic.name(prefix, model), null, time.toEpochMilli(), key.getBytes(UTF_8), value);
    producer.send(
        record,
        (metadata, exception) -> {
          if (exception != null) {
            failure.compareAndSet(null, exception);
          }
        });
  }

  @Override
  public void flush() {
    producer.flush();
    Exception failed = failure.getAndSet(null);
    if (failed != null) {
      throw new KafkaException("a record was not acknowledged", failed);
    }
  }

  @Override
  public void close() {
    producer.close(CLOSE_WITHIN);
  }
}
