package dev.weir.contracts.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.RetriableException;

/**
 * An outage as one loop lives through it: when to try again, and when to give up. Not thread-safe.
 */
final class Outage {
  private final Patience patience;
  private final LongSupplier nanoTime;
  private boolean isOn;
  private long since;
  private long nextTry;
  private long pauseNanos;
  private int failures;

  Outage(Patience patience, LongSupplier nanoTime) {
    this.patience = patience;
    this.nanoTime = nanoTime;
  }

  /**
   * Returns whether a failure, or what caused it, may pass by itself: Kafka's own retriable ones,
   * such as time-outs, and those that say so.
   */
  static boolean mayPass(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof RetriableException
          || (each instanceof TransientFailure known && known.isTransient())) {
        return true;
      }
    }
    return false;
  }

  /** Counts a failure and sets the next try; returns false when patience is at its end. */
  boolean failed() {
    long now = nanoTime.getAsLong();
    if (!isOn) {
      isOn = true;
      since = now;
      failures = 0;
      pauseNanos = patience.first().toNanos();
    }
    failures++;
    nextTry = now + pauseNanos;
    pauseNanos = Math.min(2 * pauseNanos, patience.longest().toNanos());
    return nextTry - since <= patience.total().toNanos();
  }

  /** Returns whether the next try is still to be waited for. */
  boolean isWaiting() {
    return isOn && nextTry - nanoTime.getAsLong() > 0;
  }

  /** Returns how often it has failed since it was well. */
  int failures() {
    return isOn ? failures : 0;
  }

  /** Ends the outage; returns how long it lasted, if there was one. */
  Optional<Duration> end() {
    if (!isOn) {
      return Optional.empty();
    }
    isOn = false;
    return Optional.of(Duration.ofNanos(nanoTime.getAsLong() - since));
  }
}
