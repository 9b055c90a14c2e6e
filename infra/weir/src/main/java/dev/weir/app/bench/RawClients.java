package dev.weir.app.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plain clients over the input topics: what no topology can undercut. */
final class RawClients {
  private static final int CHUNK = 50_000;

  private final Map<String, Object> client;

  RawClients(Map<String, Object> client) {
    this.client = client;
  }

  /** Writes a stream, acknowledged; making the records is not measured. */
  Stage produce(BenchModel model, BenchEvents events, long count) throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("acks", "all");
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      Chunks chunks = new Chunks(producer);
      events.each(
          (isLabel, id, json) ->
              chunks.add(new ProducerRecord<>(model.userTopics().get(isLabel ? 1 : 0), id, json)));
      chunks.send();
      return new Stage(Stage.PRODUCE, count, chunks.wall, chunks.process, chunks.own);
    }
  }

  /** Sends in chunks, so that the clock runs while sending only. */
  private static final class Chunks {
    private final KafkaProducer<String, byte[]> producer;
    private final List<ProducerRecord<String, byte[]>> waiting = new ArrayList<>(CHUNK);
    private long wall;
    private long process;
    private long own;

    Chunks(KafkaProducer<String, byte[]> producer) {
      this.producer = producer;
    }

    void add(ProducerRecord<String, byte[]> record) throws InterruptedException {
      waiting.add(record);
      if (waiting.size() == CHUNK) {
        send();
      }
    }

    void send() throws InterruptedException {
      StageClock clock = new StageClock();
      List<Future<RecordMetadata>> sent = new ArrayList<>(waiting.size());
      waiting.forEach(record -> sent.add(producer.send(record)));
      producer.flush();
      for (Future<RecordMetadata> each : sent) {
        acknowledged(each);
      }
      Stage took = clock.stop(Stage.PRODUCE, Math.max(1, waiting.size()));
      wall += took.wallNanos();
      process += took.processNanos();
      own += took.ownNanos();
      waiting.clear();
    }

    private static void acknowledged(Future<RecordMetadata> sent) throws InterruptedException {
      try {
        sent.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a record was not acknowledged", e.getCause());
      }
    }
  }

  /** Reads everything once. */
  Stage consume(Map<TopicPartition, Long> ends, long count) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(ends.keySet());
      consumer.seekToBeginning(ends.keySet());
      StageClock clock = new StageClock();
      long left = ends.values().stream().mapToLong(Long::longValue).sum();
      while (left > 0) {
        left -= consumer.poll(Duration.ofSeconds(1)).count();
      }
      return clock.stop(Stage.CONSUME, count);
    }
  }

  /** Writes one record of a control topic. */
  void send(String topic, String key, byte[] value, Instant at) throws InterruptedException {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, null, at.toEpochMilli(), key, value)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topic " + topic + " takes no record", e.getCause());
    }
  }
}
