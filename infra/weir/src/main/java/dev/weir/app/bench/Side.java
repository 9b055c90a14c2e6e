package dev.weir.app.bench;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/** A topology under test. */
interface Side extends AutoCloseable {
  void start() throws InterruptedException;

  boolean isRunning();

  /** Returns the committed offsets of its inputs. */
  Map<TopicPartition, Long> committed();

  /** Returns what stopped it, if it stopped by itself. */
  Optional<Throwable> failure();

  @Override
  void close();
}
