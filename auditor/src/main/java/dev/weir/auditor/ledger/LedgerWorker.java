package dev.weir.auditor.ledger;

import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.control.LedgerEntry;
import dev.weir.contracts.loop.Progress;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.RangeReader;
import dev.weir.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chains {@code ledger-entries} into {@code ledger}: each entry exactly once, in one transaction
 * with the offset it came from. A second worker of the same prefix fences the first, so the chain
 * never forks.
 */
public final class LedgerWorker implements Progress, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LedgerWorker.class);
  private static final String NAME = "weir-ledger";
  private static final Duration POLL = Duration.ofMillis(20);

  private final String ledgerTopic;
  private final TopicPartition entries;
  private final RangeReader reader;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread = new Thread(this::run, NAME);
  private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
  private long nextIndex;
  private String lastHash = LedgerRecord.GENESIS;
  private volatile boolean isClosing;
  private volatile Optional<Throwable> failure = Optional.empty();

  /**
   * Creates a worker; {@link #start()} starts it.
   *
   * @param prefix first part of the topics' names
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   */
  public LedgerWorker(String prefix, Map<String, Object> client) {
    this.ledgerTopic = Topics.LEDGER.name(prefix, "");
    this.entries = new TopicPartition(Topics.LEDGER_ENTRIES.name(prefix, ""), 0);
    this.reader = new RangeReader(client);
    Map<String, Object> consuming = new HashMap<>(client);
    consuming.put("group.id", NAME);
    consuming.put("enable.auto.commit", false);
    consuming.put("auto.offset.reset", "earliest");
    consuming.put("isolation.level", "read_committed");
    consuming.put("fetch.max.wait.ms", 20);
    this.consumer =
        new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    Map<String, Object> producing = new HashMap<>(client);
    // One chain per prefix: two installations on one cluster must not fence each other.
    producing.put("transactional.id", NAME + "-" + prefix);
    producing.put("max.request.size", Topics.MAX_MESSAGE_BYTES);
    this.producer =
        new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Starts the worker's thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    try (consumer;
        producer) {
      producer.initTransactions();
      restore();
      consumer.assign(List.of(entries));
      while (!isClosing) {
        chain(consumer.poll(POLL));
      }
    } catch (WakeupException e) {
      if (!isClosing) {
        stop(e);
      }
    } catch (RuntimeException | Error e) {
      stop(e);
    }
  }

  private void stop(Throwable e) {
    failure = Optional.of(e);
    log.error("ledger stopped", e);
  }

  private void restore() {
    for (ConsumerRecord<byte[], byte[]> record : reader.readAll(ledgerTopic)) {
      LedgerRecord last = Json.read(record.value(), LedgerRecord.class);
      nextIndex = last.index() + 1;
      lastHash = last.hash();
    }
  }

  private void chain(ConsumerRecords<byte[], byte[]> records) {
    long position = consumer.position(entries);
    if (!records.isEmpty()) {
      producer.beginTransaction();
      records.forEach(this::append);
      producer.sendOffsetsToTransaction(
          Map.of(entries, new OffsetAndMetadata(position)), consumer.groupMetadata());
      producer.commitTransaction();
    }
    committed.put(entries, position);
  }

  private void append(ConsumerRecord<byte[], byte[]> record) {
    LedgerEntry entry;
    try {
      entry = Json.read(record.value(), LedgerEntry.class);
    } catch (IllegalArgumentException e) {
      log.error("ledger entry unreadable offset={}", record.offset(), e);
      return;
    }
    LedgerRecord chained = LedgerRecord.chain(nextIndex, lastHash, entry);
    byte[] key = Long.toString(nextIndex).getBytes(StandardCharsets.UTF_8);
    producer.send(
        new ProducerRecord<>(ledgerTopic, 0, entry.at().toEpochMilli(), key, Json.write(chained)));
    nextIndex++;
    lastHash = chained.hash();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<TopicPartition, Long> committed() {
    return Collections.unmodifiableMap(committed);
  }

  /** Returns the topic that the worker follows. */
  public String topic() {
    return entries.topic();
  }

  /** Returns what stopped the worker, if it stopped by itself. */
  public Optional<Throwable> failure() {
    return failure;
  }

  @Override
  public void close() {
    isClosing = true;
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      producer.close();
      return;
    }
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
