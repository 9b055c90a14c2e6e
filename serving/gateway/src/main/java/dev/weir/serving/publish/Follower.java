package dev.weir.serving.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows single-partition topics from their beginning, outside any consumer group. */
public final class Follower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Follower.class);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long PAUSE_MILLIS = 80;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final Consumer<ConsumerRecord<byte[], byte[]>> sink;
  private final Runnable afterEach;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * Creates a follower.
   *
   * @param name the thread's name
   * @param client settings of the Kafka client, at least {@code bootstrap.servers}
   * @param topics topics of one partition each
   * @param sink takes the records, one at a time
   * @param afterEach runs after each round of the thread
   */
  public Follower(
      String name,
      Map<String, Object> client,
      Collection<String> topics,
      Consumer<ConsumerRecord<byte[], byte[]>> sink,
      Runnable afterEach) {
    this.consumer = TopicReader.consumer(client);
    this.partitions = topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
    this.sink = sink;
    this.afterEach = afterEach;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Follows in a thread of its own. */
  public void start() {
    thread.start();
  }

  /** Returns when all records that are committed now were handed over. */
  public synchronized void catchUp() {
    if (closing.getCount() == 0) {
      return;
    }
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer.poll(POLL).forEach(sink);
    }
  }

  private void run() {
    try {
      while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        step();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void step() {
    try {
      catchUp();
      synchronized (this) {
        afterEach.run();
      }
    } catch (RuntimeException e) {
      log.warn("follower failed, goes on name={}", thread.getName(), e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (this) {
      consumer.close();
    }
  }
}
