package dev.weir.contracts.topic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records one at a time to the first partition of a topic; each is acknowledged by all
 * replicas before the next, because what is written next rests on it. Thread-safe.
 */
public final class RecordWriter implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Creates a writer.
   *
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   */
  public RecordWriter(Map<String, Object> client) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("acks", "all");
    settings.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Writes a record and returns when the broker has it.
   *
   * @throws IllegalStateException if it has not, with Kafka's reason as its cause
   */
  public void write(String topic, String key, Instant at, byte[] value)
      throws InterruptedException {
    byte[] recordKey = key.getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, 0, at.toEpochMilli(), recordKey, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker did not take a record of " + topic, e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
