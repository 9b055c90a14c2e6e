package dev.weir.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how long an instance takes to work again after a start or a rebalance: from the moment
 * that it leaves its work to the moment that all its stores are restored. Thread-safe.
 */
final class Recovery implements StateRestoreListener, KafkaStreams.StateListener {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final AtomicLong records = new AtomicLong();
  private volatile long begun = System.nanoTime();
  private volatile Optional<Duration> last = Optional.empty();

  @Override
  public void onChange(KafkaStreams.State now, KafkaStreams.State before) {
    if (now == KafkaStreams.State.REBALANCING && before == KafkaStreams.State.RUNNING) {
      begun = System.nanoTime();
    } else if (now == KafkaStreams.State.RUNNING) {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      last = Optional.of(took);
      log.info(
          "pipeline recovered millis={} restoredRecords={}", took.toMillis(), records.getAndSet(0));
    }
  }

  /** Returns how long the last recovery took, the start included; empty before the first. */
  Optional<Duration> last() {
    return last;
  }

  @Override
  public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

  @Override
  public void onBatchRestored(TopicPartition partition, String store, long end, long count) {}

  @Override
  public void onRestoreEnd(TopicPartition partition, String store, long total) {
    records.addAndGet(total);
  }
}
