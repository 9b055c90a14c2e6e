package dev.weir.serving.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.contracts.topic.TopicNames;
import dev.weir.contracts.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outlet that writes to Kafka, idempotently and acknowledged by all replicas.
 *
 * <p>A record that is not acknowledged is counted ({@code weir.serving.records.unacknowledged})
 * when that is known, so also where nobody flushes, and logged once until one gets through again.
 */
public final class KafkaOutlet implements Outlet, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaOutlet.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

  private final String prefix;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final AtomicBoolean isFailing = new AtomicBoolean();
  private final MeterRegistry meters;

  /**
   * Creates an outlet.
   *
   * @param prefix first part of the topics' names
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param meters counts the records that are not acknowledged, by topic
   */
  public KafkaOutlet(String prefix, Map<String, Object> client, MeterRegistry meters) {
    this.prefix = prefix;
    this.meters = meters;
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
    send(topic, model, 1, key, time, value);
  }

  @Override
  public void send(
      Topics topic, String model, int generation, String key, Instant time, byte[] value) {
    String name = new TopicNames(prefix, model).ofGeneration(generation).of(topic);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(name, null, time.toEpochMilli(), key.getBytes(UTF_8), value);
    producer.send(record, (metadata, exception) -> answered(record.topic(), exception));
  }

  private void answered(String topic, @Nullable Exception exception) {
    if (exception == null) {
      isFailing.set(false);
      return;
    }
    failure.compareAndSet(null, exception);
    meters.counter("weir.serving.records.unacknowledged", "topic", topic).increment();
    if (isFailing.compareAndSet(false, true)) {
      log.error("record not acknowledged, more are only counted topic={}", topic, exception);
    }
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
