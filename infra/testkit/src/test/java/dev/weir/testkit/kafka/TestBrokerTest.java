package dev.weir.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TestBrokerTest {
  @Test
  void everyRecordSentRightAfterCreationIsRead() {
    String topic = TestBroker.uniqueName("fresh");
    TestBroker.createTopics(3, topic);
    AtomicInteger failures = new AtomicInteger();
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < 624; i++) {
        producer.send(
            record(topic, Integer.toString(i)),
            (metadata, failure) -> failures.addAndGet(failure == null ? 0 : 1));
      }
    }
    assertThat(failures).hasValue(0);
    assertThat(TestBroker.readAll(topic)).hasSize(624);
  }

  @Test
  void abortedRecordsAreNotRead() {
    String topic = TestBroker.uniqueName("transactional");
    TestBroker.createTopics(topic);
    try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", topic))) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record(topic, "aborted"), (metadata, failure) -> {});
      producer.flush();
      producer.abortTransaction();
      producer.beginTransaction();
      producer.send(record(topic, "committed"), (metadata, failure) -> {});
      producer.commitTransaction();
    }
    assertThat(TestBroker.readAll(topic))
        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
        .containsExactly("committed");
  }

  @Test
  void emptyTopicHasNoRecords() {
    String topic = TestBroker.uniqueName("empty");
    TestBroker.createTopics(topic);
    assertThat(TestBroker.readAll(topic)).isEmpty();
  }

  @Test
  void namesAreUnique() {
    assertThat(TestBroker.uniqueName("a")).isNotEqualTo(TestBroker.uniqueName("a"));
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
    Map<String, Object> settings = new java.util.HashMap<>(more);
    settings.put("bootstrap.servers", TestBroker.bootstrapServers());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, bytes, bytes);
  }
}
