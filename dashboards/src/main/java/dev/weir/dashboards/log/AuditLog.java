package dev.weir.dashboards.log;

import dev.weir.contracts.certificate.LedgerRecord;
import dev.weir.contracts.certificate.LedgerVerifier;
import dev.weir.contracts.control.Audit;
import dev.weir.contracts.control.Candidate;
import dev.weir.contracts.control.Deployment;
import dev.weir.contracts.control.Signal;
import dev.weir.contracts.control.TrainingRequest;
import dev.weir.contracts.serde.Json;
import dev.weir.contracts.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the control topics from their beginning, outside any consumer group, and keeps the last
 * versions and decisions of each model in memory. It checks the ledger's chain as it reads.
 */
public final class AuditLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AuditLog.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MOST = 2_000;

  private final String prefix;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final Map<String, ModelHistory> models = new TreeMap<>();
  private final LedgerVerifier chain = new LedgerVerifier();
  private @Nullable String broken;
  private volatile @Nullable Throwable failure;
  private volatile boolean isClosing;

  /**
   * Creates a log; {@link #start()} lets it follow.
   *
   * @param prefix first part of the topics' names
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   */
  public AuditLog(String prefix, Map<String, Object> client) {
    this.prefix = prefix;
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::run, "dashboards-audit-log");
    this.thread.setDaemon(true);
  }

  /** Follows the topics in a thread of its own. */
  public void start() {
    thread.start();
  }

  private void run() {
    try (consumer) {
      List<TopicPartition> partitions =
          Stream.of(
                  Topics.DEPLOYMENTS,
                  Topics.AUDITS,
                  Topics.CANDIDATES,
                  Topics.SIGNALS,
                  Topics.TRAINING_REQUESTS,
                  Topics.LEDGER)
              .map(topic -> new TopicPartition(topic.name(prefix, ""), 0))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (!isClosing) {
        take(consumer.poll(POLL));
      }
    } catch (WakeupException e) {
      log.debug("audit log closes", e);
    } catch (RuntimeException | Error e) {
      failure = e;
      log.error("audit log stopped", e);
    }
  }

  private synchronized void take(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.value() == null) {
        continue;
      }
      try {
        take(record);
      } catch (IllegalArgumentException e) {
        log.error("record unreadable topic={} offset={}", record.topic(), record.offset(), e);
        if (isOf(Topics.LEDGER, record)) {
          breakAt("offset " + record.offset() + " is not a ledger record");
        }
      }
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    byte[] json = record.value();
    if (isOf(Topics.DEPLOYMENTS, record)) {
      Deployment deployment = Json.read(json, Deployment.class);
      of(deployment.model()).add(deployment);
    } else if (isOf(Topics.AUDITS, record)) {
      Audit audit = Json.read(json, Audit.class);
      of(audit.model()).add(audit);
    } else if (isOf(Topics.CANDIDATES, record)) {
      Candidate candidate = Json.read(json, Candidate.class);
      of(candidate.request().model()).add(candidate);
    } else if (isOf(Topics.SIGNALS, record)) {
      Signal signal = Json.read(json, Signal.class);
      of(signal.model()).add(signal);
    } else if (isOf(Topics.TRAINING_REQUESTS, record)) {
      of(Json.read(json, TrainingRequest.class).model()).addRequest();
    } else {
      LedgerRecord entry = Json.read(json, LedgerRecord.class);
      if (broken == null) {
        chain.check(entry).ifPresent(this::breakAt);
      }
      of(entry.entry().model()).add(entry);
    }
  }

  private void breakAt(String reason) {
    if (broken == null) {
      broken = reason;
      log.error("ledger chain broken reason={}", reason);
    }
  }

  private boolean isOf(Topics topic, ConsumerRecord<byte[], byte[]> record) {
    return record.topic().equals(topic.name(prefix, ""));
  }

  private ModelHistory of(String model) {
    return models.computeIfAbsent(model, name -> new ModelHistory(name, MOST));
  }

  /** What stopped the log from following, if something did; what it knows is old from then on. */
  public Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  /** The models, by name. */
  public synchronized List<ModelView> models() {
    return models.values().stream().map(ModelHistory::view).toList();
  }

  /** The versions of a model, newest first; empty where the model is unknown. */
  public synchronized Optional<List<VersionView>> versions(String model) {
    return Optional.ofNullable(models.get(model)).map(ModelHistory::versions);
  }

  /** The decisions about a model, in order, and whether the chain holds. */
  public synchronized Optional<DecisionView.Chain> decisions(String model) {
    return Optional.ofNullable(models.get(model))
        .map(
            history ->
                new DecisionView.Chain(
                    chain.intact(), broken, history.dropped(), history.decisions()));
  }

  @Override
  public void close() {
    isClosing = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
