package dev.weir.pipeline;

import dev.weir.contracts.loop.Patience;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a thread of Kafka Streams dies of because the broker is away, from what it must not be
 * started again after. Kafka Streams itself waits in most places; not where a record expires that a
 * store sends while a transaction is committed, or before it is: both end its thread.
 *
 * <p>Failures that follow one another within {@link #APART} are one outage, and it is waited out
 * for as long as the other roles do. Thread-safe.
 */
final class OutageSeries {
  /** Longer than a producer tries to deliver a record by default, which is 2 minutes. */
  static final Duration APART = Duration.ofMinutes(5);

  /** How the producer's message ends when an earlier call must be tried again. */
  private static final String PENDING = "timed out and must be retried";

  private final Duration patience;
  private @Nullable Long firstNanos;
  private long lastNanos;

  OutageSeries() {
    this(Patience.DEFAULT.total());
  }

  OutageSeries(Duration patience) {
    this.patience = patience;
  }

  /**
   * Returns whether a thread that died may be replaced by another one.
   *
   * @param nanos when it died, on a clock that only counts
   */
  synchronized boolean isWaitedOut(Throwable cause, long nanos) {
    if (!isOfAbsence(cause)) {
      return false;
    }
    if (firstNanos == null || nanos - lastNanos > APART.toNanos()) {
      firstNanos = nanos;
    }
    lastNanos = nanos;
    return nanos - firstNanos <= patience.toNanos();
  }

  private static boolean isOfAbsence(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof RetriableException
          || each instanceof TransactionAbortableException
          || isUnacknowledged(each)
          || isAfterTimeout(each)) {
        return true;
      }
    }
    return false;
  }

  /**
   * A producer that gave up waiting for acknowledgements fails the commit with a root cause that
   * has no class of its own, which says that the transaction may be aborted and begun again.
   */
  private static boolean isUnacknowledged(Throwable each) {
    return each.getClass() == KafkaException.class && each.getCause() == null;
  }

  /**
   * After a commit or an abort that timed out, Kafka Streams goes on with a producer that allows
   * nothing but the same call again, and says so with no class of its own.
   */
  private static boolean isAfterTimeout(Throwable each) {
    return each instanceof IllegalStateException
        && each.getMessage() != null
        && each.getMessage().endsWith(PENDING);
  }
}
