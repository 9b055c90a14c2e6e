package dev.weir.contracts.loop;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that hands records to a handler and commits after it has returned: at least once.
 *
 * <p>The handler must be idempotent and must have flushed what it sent before it returns. It sees
 * all records of one poll, in the order of each partition. Where it throws, nothing is committed,
 * the loop stops, and {@link #failure()} tells; a record that cannot be used is the handler's
 * business. Between polls the committed position also moves past transaction markers.
 *
 * <p>An outage does not stop it at once: after a failure that may pass by itself (Kafka's retriable
 * ones, and {@link TransientFailure}s) it tries again, after pauses in which it stays a member of
 * its group, until {@link Patience} ends. A failed commit is always tried again; the same records
 * are handed over again only to a handler that is {@linkplain Handler#isRepeatable() repeatable}.
 */
public final class RecordLoop implements Progress, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecordLoop.class);
  private static final Duration POLL = Duration.ofMillis(20);

  private final String name;
  private final List<String> topics;
  private final Handler handler;
  private final Consumer<byte[], byte[]> consumer;
  private final Thread thread;
  private final Commits commits;
  private final Object handling = new Object();
  private final Patience patience;
  private final Outage outage;
  private final AtomicLong retries = new AtomicLong();
  private boolean mustHandleAgain;
  private boolean isHandling;
  private volatile boolean isClosing;
  private volatile Optional<Throwable> failure = Optional.empty();

  /** What is done with the records of one poll. */
  @FunctionalInterface
  public interface Handler {
    /** Handles the records and has flushed its own output when it returns. */
    void handle(ConsumerRecords<byte[], byte[]> records) throws InterruptedException;

    /**
     * Returns whether the same records may be handed over again after a failure. It is false for a
     * handler that keeps in memory what it decided: only a restart, which reads what was published,
     * makes it whole again.
     */
    default boolean isRepeatable() {
      return false;
    }
  }

  /**
   * Creates a loop; {@link #start()} starts it.
   *
   * @param name the role's name, also the consumer group
   * @param topics the topics to follow
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param maxHandling longest time one call of the handler may take before another member of the
   *     group takes over
   * @param handler what is done
   */
  public RecordLoop(
      String name,
      Collection<String> topics,
      Map<String, Object> client,
      Duration maxHandling,
      Handler handler) {
    this(name, topics, client, maxHandling, Patience.DEFAULT, handler);
  }

  /** Creates a loop with a patience of its own. */
  public RecordLoop(
      String name,
      Collection<String> topics,
      Map<String, Object> client,
      Duration maxHandling,
      Patience patience,
      Handler handler) {
    this.name = name;
    this.patience = patience;
    this.outage = new Outage(patience, System::nanoTime);
    this.topics = List.copyOf(topics);
    this.handler = handler;
    Map<String, Object> settings = new HashMap<>(client);
    settings.putIfAbsent(ConsumerConfig.GROUP_ID_CONFIG, name);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) maxHandling.toMillis());
    settings.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.commits = new Commits(name, consumer);
    this.thread = new Thread(this::run, name);
  }

  /** Starts the loop's thread. */
  public void start() {
    thread.start();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Map<TopicPartition, Long> committed() {
    return commits.offsets();
  }

  @Override
  public boolean isBusy() {
    synchronized (handling) {
      return isHandling;
    }
  }

  /** Returns what stopped the loop, if it stopped by itself. */
  public Optional<Throwable> failure() {
    return failure;
  }

  /** Returns how often the loop has tried again after a failure that may pass by itself. */
  public long retries() {
    return retries.get();
  }

  private void run() {
    try {
      consumer.subscribe(topics, new Assignments());
      while (!isClosing) {
        try {
          step();
        } catch (RuntimeException e) {
          waitAfter(e);
        }
      }
    } catch (WakeupException | InterruptException | InterruptedException e) {
      if (!isClosing) {
        stop(e);
      }
    } catch (RuntimeException | Error e) {
      stop(e);
    } finally {
      // An interrupt that is still pending would cut short the leaving of the group, and the next
      // member would wait for the session to time out.
      Thread.interrupted();
      consumer.close();
    }
  }

  private void stop(Throwable e) {
    failure = Optional.of(e);
    log.error("worker stopped name={}", name, e);
  }

  private void step() throws InterruptedException {
    if (outage.isWaiting()) {
      // Paused, so that it gives nothing, but keeps the membership.
      consumer.poll(POLL);
      return;
    }
    consumer.resume(consumer.paused());
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    if (!records.isEmpty()) {
      mustHandleAgain = true;
      handleOrRewind(records);
      mustHandleAgain = false;
    }
    commits.commit();
    if (!mustHandleAgain) {
      outage
          .end()
          .ifPresent(d -> log.info("worker goes on name={} outageMillis={}", name, d.toMillis()));
    }
  }

  private void waitAfter(RuntimeException failure) {
    boolean isFinal = mustHandleAgain && !handler.isRepeatable();
    if (isFinal || !Outage.mayPass(failure)) {
      throw failure;
    }
    boolean isFirst = outage.failures() == 0;
    if (!outage.failed()) {
      throw new IllegalStateException(
          "gave up after "
              + outage.failures()
              + " tries within "
              + patience.total()
              + ": "
              + failure.getMessage(),
          failure);
    }
    retries.incrementAndGet();
    if (isFirst) {
      log.warn("worker waits name={} reason={}", name, failure.toString());
    }
    consumer.pause(consumer.assignment());
  }

  private void handleOrRewind(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    try {
      handle(records);
    } catch (RuntimeException e) {
      for (TopicPartition partition : records.partitions()) {
        consumer.seek(partition, records.records(partition).get(0).offset());
      }
      throw e;
    }
  }

  private void handle(ConsumerRecords<byte[], byte[]> records) throws InterruptedException {
    synchronized (handling) {
      isHandling = true;
    }
    try {
      handler.handle(records);
    } finally {
      synchronized (handling) {
        isHandling = false;
      }
    }
  }

  /** Stops after the records at hand, and waits for it; interrupts a handler that waits. */
  @Override
  public void close() {
    isClosing = true;
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      return;
    }
    consumer.wakeup();
    synchronized (handling) {
      if (isHandling) {
        thread.interrupt();
      }
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Assignments implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      if (outage.isWaiting()) {
        consumer.pause(partitions);
      }
      commits.assigned(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      commits.revoked(partitions);
      mustHandleAgain = false;
    }
  }
}
